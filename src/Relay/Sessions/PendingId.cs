namespace RtpProxy.Relay.Sessions;

/// <summary>Names something that a command went away from the worker for; unlike any other of the worker, now or before, and above those before it.</summary>
public readonly record struct PendingId(long Value);
