using RtpProxy.Io.Net.Hep;

namespace RtpProxy.Daemon.Configuration;

/// <summary>A module that an option or the configuration file asks for.</summary>
/// <param name="Collector">Whom <see cref="BuiltInModule.AcctRtcpHep"/> is to tell; null for the others.</param>
internal sealed record ModuleRequest(BuiltInModule Module, HepTarget? Collector = null);
