using System.Collections.Immutable;
using System.ComponentModel;
using System.Net;
using Microsoft.Extensions.Logging;
using RtpProxy.Controller.Relays;
using RtpProxy.Hosting;
using RtpProxy.Io.Net.Addresses;
using RtpProxy.Io.Net.ControlEndpoints;
using RtpProxy.Relay.Ports;
using RtpProxy.SipEdge.Configuration;

namespace RtpProxy.SipEdge.Hosting;

/// <summary>
/// Runs the relay of this project in this process. It is spoken to over a Unix socket in a directory that only this user
/// can enter, as any other relay would be: one way for all.
/// </summary>
internal sealed class InProcessRelayHost : IRelayHost
{
    public async Task<IRunningRelay> StartAsync(EdgeSettings settings, ILogger logger, CancellationToken cancellation)
    {
        string directory = Directory.CreateTempSubdirectory("sipedge-").FullName;
        string socket = $"cunix:{directory}/relay.sock";
        RelayHost? host = null;
        try
        {
            host = new RelayHost(ToOptions(settings, socket), new RelayLoggers(logger));
            host.OpenControlSockets(cancellation);
            host.Start();
            return new InProcessRelay(host, RelayAddress.Parse(socket), directory);
        }
        catch (Exception e) when (e is ControlSocketException or Win32Exception)
        {
            if (host is not null)
            {
                await host.DisposeAsync().ConfigureAwait(false);
            }

            Directory.Delete(directory, recursive: true);
            throw new ConfigurationException("inProcessRelay", $"cannot start: {e.Message}", e);
        }
    }

    private static RelayHostOptions ToOptions(EdgeSettings settings, string socket)
    {
        InProcessRelaySettings relay = settings.InProcessRelay;
        return new RelayHostOptions
        {
            Addresses = new BindAddresses { Entries = [new LocalAddress(relay.Address)] },
            ControlSockets = [ControlSocketText.Parse(socket)],
            NotifySockets = NotifySocketsOf(settings.Media.TimeoutSocket),
            PortMin = relay.FirstRtpPort,
            PortMax = relay.LastRtpPort,
            Workers = Environment.ProcessorCount,
        };
    }

    private static ImmutableArray<NotifySocket> NotifySocketsOf(TimeoutSocket? socket) => socket switch
    {
        null => [],
        { Path: { } path } => [new UnixNotifySocket(path)],
        { Tcp: IPEndPoint tcp } => [new TcpNotifySocket($"tcp:{tcp}", tcp)],
        _ => [],
    };
}
