using System.Net;
using RtpProxy.Hosting.Teardown;
using RtpProxy.Rtp;

namespace RtpProxy.Daemon.Options;

/// <summary>The options that name who is told of calls of the ng protocol.</summary>
internal sealed partial class OptionReader
{
    public ValueFault? ReadDigitTarget(string argument)
    {
        const string form = "HOST:PORT, where IPv6 addresses are in brackets";
        int colon = argument.LastIndexOf(':');
        string shown = colon < 0 ? "" : argument[..colon];
        string host = shown is ['[', .. var inner, ']'] ? inner : shown;
        if (host.Length == 0)
        {
            return new(form, colon < 0 ? "no port is named" : "no host is named");
        }

        if (host == shown && host.Contains(':', StringComparison.Ordinal))
        {
            return new(form, $"'{host}' has none");
        }

        string portText = argument[(colon + 1)..];
        if (DecimalArgument.Read(portText, 1, IPEndPoint.MaxPort, out int port) != NumberFault.None)
        {
            return new("a port from 1 to 65535", $"'{portText}' is no port");
        }

        IPAddress? address = Resolve(host, out string reason);
        if (address is null)
        {
            return new(form, $"for '{host}' the answer is: {reason}");
        }

        var target = Endpoint.From(address, port);
        return Options.Relay.DigitTargets.Contains(target)
            ? new("each target once", "that target is named before it")
            : Keep(Options with { Relay = Options.Relay with { DigitTargets = Options.Relay.DigitTargets.Add(target) } });
    }

    public ValueFault? ReadTeardownTarget(string argument)
    {
        const string form = "http://HOST[:PORT][/PATH], where IPv6 addresses are in brackets";
        const string scheme = "http://";
        const int usualPort = 80;
        if (!argument.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) || argument.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return new(form);
        }

        if (argument.Contains("%%", StringComparison.Ordinal))
        {
            return new(form, "'%%', for the address of who sends commands, is not understood");
        }

        string rest = argument[scheme.Length..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        string authority = slash < 0 ? rest : rest[..slash];
        int colon = authority.LastIndexOf(':');
        bool hasPort = colon > authority.LastIndexOf(']');
        int port = usualPort;
        if (hasPort && DecimalArgument.Read(authority[(colon + 1)..], 1, IPEndPoint.MaxPort, out port) != NumberFault.None)
        {
            return new("a port from 1 to 65535", $"'{authority[(colon + 1)..]}' is no port");
        }

        string shown = hasPort ? authority[..colon] : authority;
        string host = shown is ['[', .. var inner, ']'] ? inner : shown;
        if (host.Length == 0 || (host == shown && host.Contains(':', StringComparison.Ordinal)))
        {
            return new(form, host.Length == 0 ? "no host is named" : $"'{authority}' has none");
        }

        IPAddress? address = Resolve(host, out string reason);
        return address is null
            ? new(form, $"for '{host}' the answer is: {reason}")
            : Keep(Options with { Teardown = new TeardownTarget(new IPEndPoint(address, port), authority, slash < 0 ? "/" : rest[slash..]) });
    }

    /// <summary>Of either family, IPv4 first.</summary>
    private IPAddress? Resolve(string host, out string reason) =>
        names.Resolve(host, ipv6: false, numericOnly: false, out reason) ?? names.Resolve(host, ipv6: true, numericOnly: false, out reason);
}
