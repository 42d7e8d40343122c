package org.kemo.api.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Options that several components have in common: stands, in place of {@link Option}, on a component of a configuration record that is
 * a record of options itself. In a configuration they stand beside the others, as if they were written out there.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface OptionGroup {}
