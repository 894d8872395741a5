namespace RtpProxy.Io.Net.ControlEndpoints;

/// <summary>
/// How long a connection may leave a reply untaken before it is closed. A reply that is ready when the daemon stops still
/// leaves: the one to the D that ends a slow shutdown is always such a reply.
/// </summary>
internal sealed class ReplyPatience : IDisposable
{
    private static readonly TimeSpan WhenStopping = TimeSpan.FromMilliseconds(200);

    private readonly CancellationTokenSource _limited;
    private readonly CancellationTokenRegistration _hurry;

    public ReplyPatience(TimeSpan patience, CancellationToken stop)
    {
        _limited = new CancellationTokenSource(patience);
        _hurry = stop.UnsafeRegister(
            static limited => ((CancellationTokenSource)limited!).CancelAfter(WhenStopping), _limited);
    }

    /// <summary>Cancelled when the patience is at its end.</summary>
    public CancellationToken Token => _limited.Token;

    public void Dispose()
    {
        _hurry.Dispose();
        _limited.Dispose();
    }
}
