namespace RtpProxy.Daemon.Configuration;

/// <summary>A module that an option or the configuration file asks for.</summary>
internal sealed record ModuleRequest(BuiltInModule Module);
