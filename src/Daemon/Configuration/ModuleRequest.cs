namespace RtpProxy.Daemon.Configuration;

/// <summary>A module that the configuration file asks for.</summary>
/// <param name="Section">The name of its section.</param>
/// <param name="Path">Absolute path of an existing file.</param>
internal sealed record ModuleRequest(string Section, string Path);
