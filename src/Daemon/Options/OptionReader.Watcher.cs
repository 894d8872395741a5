using System.Net;

namespace RtpProxy.Daemon.Options;

/// <summary>The options for a watcher beside the daemon.</summary>
internal sealed partial class OptionReader
{
    private const int MaxHostNames = 16;

    private WatcherRequest Watcher => Options.Watcher;

    private string? Keep(WatcherRequest watcher) => Keep(Options with { Watcher = watcher });

    public string? ReadHttp(string argument)
    {
        int colon = argument.LastIndexOf(':');
        return colon > 0
            && IPAddress.TryParse(argument.AsSpan(0, colon), out IPAddress? address)
            && argument.StartsWith('[') == (address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6)
            && DecimalArgument.Read(argument[(colon + 1)..], 0, MaxPort, out int port) == NumberFault.None
            ? Keep(Watcher with { Http = new IPEndPoint(address, port) })
            : $"--http {argument}: invalid address of the watcher: expected ADDRESS:PORT, such as 127.0.0.1:8880 or [::1]:8880";
    }

    public string? ReadTokenFile(string argument) => argument.Length > 0
        ? Keep(Watcher with { TokenFile = Path.GetFullPath(argument) })
        : "the name of the file with the watcher's token is empty";

    public string? ReadHostName(string argument) => (argument.Length, Watcher.HostNames.Length) switch
    {
        (0, _) => "a name that the watcher is asked for is empty",
        (_, >= MaxHostNames) => $"the watcher has at most {MaxHostNames} names",
        _ => Keep(Watcher with { HostNames = Watcher.HostNames.Add(argument) }),
    };

    public string? ReadCollector(string argument) =>
        Uri.TryCreate(argument, UriKind.Absolute, out Uri? url) && url.Scheme is "http" or "https"
            ? Keep(Watcher with { Collector = argument })
            : $"{argument}: invalid collector of metrics: expected http://HOST:PORT or https://HOST:PORT";
}
