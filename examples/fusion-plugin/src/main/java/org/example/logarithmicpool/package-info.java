/** Fusion by a logarithmic opinion pool, also known as a product of experts. */
package org.example.logarithmicpool;
