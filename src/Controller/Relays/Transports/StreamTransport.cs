using System.Net.Sockets;

namespace RtpProxy.Controller.Relays.Transports;

/// <summary><c>tcp:</c>, <c>tcp6:</c> and <c>cunix:</c>: one connection that is kept, and opened again when it is lost.</summary>
internal sealed class StreamTransport(RelayAddress address, RelayClientOptions options, TimeProvider time) : IRelayTransport
{
    // Some servers close the connection after each reply; a command that crossed with the closing is sent again.
    private const int MaxConnections = 10;

    private ChannelSlot<StreamChannel>? _slot;

    private ChannelSlot<StreamChannel> Slot => LazyInitializer.EnsureInitialized(
        ref _slot, () => new ChannelSlot<StreamChannel>(OpenAsync, options.ReplyTimeout, time));

    public async ValueTask<RelayReply> ExchangeAsync(ReadOnlyMemory<byte> command, CancellationToken cancellationToken)
    {
        for (int connections = 1; ; connections++)
        {
            StreamChannel channel;
            try
            {
                channel = await Slot.GetAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (SocketException e)
            {
                return RelayReply.Failed(RelayFailure.Unreachable, ConnectionProblem.Describe(address, e));
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return RelayReply.Failed(RelayFailure.NoReply, ConnectionProblem.NoConnectionInTime(options.ReplyTimeout));
            }

            RelayReply reply = await channel.ExchangeAsync(command, cancellationToken).ConfigureAwait(false);
            bool crossedWithClosing = reply.Failure == RelayFailure.Unreachable && channel.HasAnswered;
            if (!crossedWithClosing || connections == MaxConnections)
            {
                return reply;
            }
        }
    }

    public ValueTask DisposeAsync() => Slot.DisposeAsync();

    private async Task<StreamChannel> OpenAsync(CancellationToken cancellationToken) =>
        new(await ControlSocket.ConnectAsync(address, null, time, cancellationToken).ConfigureAwait(false), options, time);
}
