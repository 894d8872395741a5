using System.Threading.Channels;

namespace RtpProxy.Watch.Live;

/// <summary>Events that wait for one client: bounded, shared with the other clients, and the end of a client that does not take them.</summary>
/// <param name="kinds">Those wanted; null for all.</param>
internal sealed class EventClient(IReadOnlySet<string>? kinds) : IDisposable
{
    private const int MaxWaiting = 1_000;

    private readonly Channel<byte[]> _waiting = Channel.CreateBounded<byte[]>(
        new BoundedChannelOptions(MaxWaiting) { SingleReader = true });

    private readonly CancellationTokenSource _tooSlow = new();

    /// <summary>Cancelled when the client is to be given up.</summary>
    public CancellationToken TooSlow => _tooSlow.Token;

    public ChannelReader<byte[]> Waiting => _waiting.Reader;

    public bool Wants(string kind) => kinds is null || kinds.Contains(kind);

    /// <param name="text">Of a server-sent event.</param>
    public bool TryEnqueue(byte[] text)
    {
        if (_waiting.Writer.TryWrite(text))
        {
            return true;
        }

        try
        {
            _ = _tooSlow.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It went while the event came.
        }

        return false;
    }

    public void Dispose() => _tooSlow.Dispose();
}
