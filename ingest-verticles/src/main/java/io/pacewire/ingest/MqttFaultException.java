package io.pacewire.ingest;

/** Carries a {@link MqttFault} to where the connection ends. */
final class MqttFaultException extends Exception {
  private static final long serialVersionUID = 1;
  private final transient MqttFault fault;

  MqttFaultException(MqttFault fault) {
    super(fault.text(), null, false, false);
    this.fault = fault;
  }

  MqttFault fault() {
    return fault;
  }
}
