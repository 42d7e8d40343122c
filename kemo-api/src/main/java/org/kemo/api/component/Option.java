package org.kemo.api.component;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * One option of a component: stands on each component of its configuration record that is no {@link OptionGroup}. {@code kemo
 * describe} prints it, the configuration reader fills in the default and checks the range before the record is made.
 *
 * <p>It is of one of these types:
 *
 * <ul>
 *   <li>{@code int}, {@code long}, {@code float} or {@code double}, or a class of them such as {@code Integer}: a number;
 *   <li>{@code boolean}: {@code true} or {@code false};
 *   <li>{@code String}: a text;
 *   <li>{@link java.nio.file.Path}: made absolute from the folder of the file that it is written in;
 *   <li>{@link java.time.Duration}: {@code 500ms}, {@code 2s}, {@code 5m} or {@code 1h};
 *   <li>an enum: a name in lower case with hyphens, {@code random-over} for {@code RANDOM_OVER};
 *   <li>a record of options: a mapping, {@code {}} where each has a default;
 *   <li>what a {@link ComponentFactory} makes: a component, {@code {type: NAME, ...}};
 *   <li>{@code List}, {@code Set} or {@code Map<String, ...>} of these, of which each number is within the range;
 *   <li>{@code Optional} of one: {@code null} is none.
 * </ul>
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
