/** What Kemo shows to a person: pages and pictures. */
package org.kemo.runtime.report;
