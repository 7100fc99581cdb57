/** Real servers for the integration tests of the platform. */
package io.pacewire.platform.stack;
