using System.Net.Sockets;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary><c>udp:</c> and <c>udp6:</c>. A lost socket is replaced, and a name resolved anew, at the next command.</summary>
internal sealed class UdpTransport(RelayAddress address, RelayClientOptions options, TimeProvider time) : IRelayTransport
{
    // One source for all sockets: a reply that outlives its socket finds nobody.
    private readonly CookieSource _cookies = new();
    private ChannelSlot<UdpChannel>? _slot;

    private ChannelSlot<UdpChannel> Slot => LazyInitializer.EnsureInitialized(
        ref _slot, () => new ChannelSlot<UdpChannel>(OpenAsync, options.ReplyTimeout, time));

    public async ValueTask<RelayReply> ExchangeAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        UdpChannel channel;
        try
        {
            channel = await Slot.GetAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException e)
        {
            return RelayReply.Failed(RelayFailure.Unreachable, ConnectionProblem.Describe(address, e));
        }
        catch (Exception e) when ((e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return RelayReply.Failed(RelayFailure.Unreachable);
        }

        RelayReply reply = await channel.ExchangeAsync(command, cancellationToken).ConfigureAwait(false);
        return reply.Failure == RelayFailure.Unreachable && channel.LastProblem is { } problem
            ? RelayReply.Failed(RelayFailure.Unreachable, ConnectionProblem.Describe(address, problem))
            : reply;
    }

    public ValueTask DisposeAsync() => Slot.DisposeAsync();

    private async Task<UdpChannel> OpenAsync(CancellationToken cancellationToken) =>
        new(
            await ControlSocket.ConnectAsync(address, options.LocalSocket, time, cancellationToken).ConfigureAwait(false),
            _cookies,
            options,
            time);
}
