package org.kemo.api.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One option of a component: stands on each component of its configuration record that is no {@link OptionGroup}. {@code kemo
 * describe} prints it, the configuration reader fills in the default and checks the range before the record is made.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
    /** What it means, in one sentence. */
    String value();

    /** The value where a configuration is silent, written as in YAML; an option without a default must be given. */
    String defaultValue() default REQUIRED;

    /** The unit of a number: {@code ms}, {@code Hz}, {@code dB}, {@code frames}. */
    String unit() default "";

    /** The smallest number allowed. */
    double min() default Double.NEGATIVE_INFINITY;

    /** The largest number allowed. */
    double max() default Double.POSITIVE_INFINITY;

    /** Stands for: there is no default. */
    String REQUIRED = "\u0000";
}
