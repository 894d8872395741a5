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
        if (HostArgument.Read(argument, usualPort: null, form, names, out IPEndPoint? endPoint) is { } fault)
        {
            return fault;
        }

        var target = Endpoint.From(endPoint!.Address, endPoint.Port);
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
        return HostArgument.Read(authority, usualPort, form, names, out IPEndPoint? endPoint)
            ?? Keep(Options with { Teardown = new TeardownTarget(endPoint!, authority, slash < 0 ? "/" : rest[slash..]) });
    }
}
