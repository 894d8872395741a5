using RtpProxy.Relay;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Io.Engines.Mail;

/// <summary>Copies between workers, through their mailboxes, in buffers that are used again and again.</summary>
/// <remarks>Thread-safe; never blocks.</remarks>
internal sealed class WorkerLinks : IWorkerLinks
{
    // As many copies as all mailboxes may hold at once would be wasteful: 2,000 are 3 MB, and only made when needed.
    private const int MaxCopies = 2048;

    private readonly IReadOnlyList<Mailbox> _mailboxes;
    private readonly BoundedQueue<ForkedDatagram> _pool = new(MaxCopies);
    private int _made;
    private long _dropped;

    /// <param name="mailboxes">By worker number.</param>
    public WorkerLinks(IReadOnlyList<Mailbox> mailboxes)
    {
        _mailboxes = mailboxes;
    }

    /// <summary>Copies and notes that were lost because the other worker is too far behind.</summary>
    public long Dropped => Volatile.Read(ref _dropped);

    public void Forward(
        SessionId target, Side toward, StreamKind kind, ReadOnlySpan<byte> datagram, in Arrival arrival)
    {
        if (!TryTakeCopy(out ForkedDatagram? copy))
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        copy.Fill(target, toward, kind, datagram, arrival);
        if (!_mailboxes[target.Worker].TryPostCopy(copy))
        {
            copy.Recycle();
            Interlocked.Increment(ref _dropped);
        }
    }

    public void EndFork(int worker, SessionId source, SessionId target)
    {
        if (!_mailboxes[worker].TryPost(new EndedFork(source, target)))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private bool TryTakeCopy([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out ForkedDatagram? copy)
    {
        if (_pool.TryDequeue(out copy))
        {
            return true;
        }

        if (Volatile.Read(ref _made) >= MaxCopies || Interlocked.Increment(ref _made) > MaxCopies)
        {
            return false;
        }

        copy = new ForkedDatagram(_pool);
        return true;
    }
}
