package org.kemo.api.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What {@code kemo describe} says of a component. Stands on its factory. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Describe {
    /** What it does, in one or two sentences. */
    String value();

    /** Where its definition comes from: paper and equation, standard, reference implementation. */
    String source() default "";
}
