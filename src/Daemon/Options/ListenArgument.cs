namespace RtpProxy.Daemon.Options;

/// <summary>One <c>-l</c> (IPv4) or <c>-6</c> (IPv6), not yet taken apart.</summary>
internal sealed record ListenArgument(bool IsIPv6, string Text);
