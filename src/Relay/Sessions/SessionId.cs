namespace RtpProxy.Relay.Sessions;

/// <summary>Names a session for the life of the process, also after it is gone: the owning worker and a serial number.</summary>
public readonly record struct SessionId(int Worker, long Serial);
