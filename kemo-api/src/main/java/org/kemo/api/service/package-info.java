/** What the host offers to the constructor of a plugin's factory. */
package org.kemo.api.service;
