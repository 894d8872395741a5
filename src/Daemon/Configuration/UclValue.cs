namespace RtpProxy.Daemon.Configuration;

/// <summary>A value of a configuration file: <see cref="UclSection"/>, <see cref="UclList"/> or <see cref="UclScalar"/>.</summary>
internal abstract record UclValue;
