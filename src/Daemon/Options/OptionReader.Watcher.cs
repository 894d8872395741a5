using System.Net;
using System.Net.Sockets;
using RtpProxy.Io.Posix.Files;
using RtpProxy.Protocols.Rtpp;

namespace RtpProxy.Daemon.Options;

/// <summary>The options for those who look after the relay.</summary>
internal sealed partial class OptionReader
{
    private const int MaxHostNames = 16;
    private const int MaxHostNameLength = 253; // RFC 1035 section 2.3.4, without the dot of the root

    private WatcherRequest Watcher => Options.Watcher;

    private ValueFault? Keep(WatcherRequest watcher) => Keep(Options with { Watcher = watcher });

    public ValueFault? ReadAdminSocket(string argument)
    {
        const string Kind = "unix";
        SocketText text = SocketText.Split(argument, [Kind]);
        if (text.Kind is null && MistypedScheme.Explain(argument, [Kind], addressScheme: Kind) is not null)
        {
            return new("unix:PATH", "the admin socket is a Unix socket");
        }

        return UnixPath.Check(text.Rest) ?? Keep(Options with { AdminSocket = text.Rest });
    }

    public ValueFault? ReadHttp(string argument) => ReadListening(argument, 8880, address => Watcher with { Http = address });

    public ValueFault? ReadNgHttp(string argument) => ReadListening(argument, 2225, address => Watcher with { NgHttp = address });

    private ValueFault? ReadListening(string argument, int examplePort, Func<IPEndPoint, WatcherRequest> change)
    {
        int colon = argument.LastIndexOf(':');
        return colon > 0
            && IPAddress.TryParse(argument.AsSpan(0, colon), out IPAddress? address)
            && argument.StartsWith('[') == (address.AddressFamily == AddressFamily.InterNetworkV6)
            && DecimalArgument.Read(argument[(colon + 1)..], 0, MaxPort, out int port) == NumberFault.None
            ? Keep(change(new IPEndPoint(address, port)))
            : new($"ADDRESS:PORT, such as 127.0.0.1:{examplePort} or [::1]:{examplePort}");
    }

    public ValueFault? ReadTokenFile(string argument) =>
        ReadPath(argument, "a file", (options, path) => options with { Watcher = options.Watcher with { TokenFile = CurrentDirectory.Resolve(path) } });

    public ValueFault? ReadHostName(string argument)
    {
        if (Watcher.HostNames.Length >= MaxHostNames)
        {
            return new($"at most {MaxHostNames} names", "so many are given before it");
        }

        bool isName = argument.Length is > 0 and <= MaxHostNameLength
            && argument.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            && !argument.Split('.').Contains("");
        return isName
            ? Keep(Watcher with { HostNames = Watcher.HostNames.Add(argument) })
            : new("the name of a host without a port, such as relay1.example.net");
    }

    public ValueFault? ReadCollector(string argument) =>
        Uri.TryCreate(argument, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            ? Keep(Watcher with { Collector = argument })
            : new("http://HOST:PORT or https://HOST:PORT");
}
