/** Tests of what is started and not of what is compiled: the built distribution as a process, its launcher, and the arrows. */
package org.kemo.distribution;
