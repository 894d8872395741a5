using System.Diagnostics.CodeAnalysis;
using RtpProxy.Io.Posix.Queues;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Io.Net.Engines.Mail;

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

    public void Start(in Fork fork) => Post(fork.Source.Worker, new ForkStarted(fork));

    public void End(in Fork fork) => Post(fork.Source.Worker, new ForkEnded(fork));

    public void Release(in SessionId source) => Post(source.Worker, new ForkReleased(source));

    public void SourceEnded(in Fork fork) => Post(fork.Target.Worker, new ForkSourceEnded(fork));

    public void Forward(in ForkedPacket packet, ReadOnlySpan<byte> datagram)
    {
        if (!TryTakeCopy(out ForkedDatagram? copy))
        {
            Interlocked.Increment(ref _dropped);
            return;
        }

        copy.Fill(packet, datagram);
        if (!_mailboxes[packet.Fork.Target.Worker].TryPostCopy(copy))
        {
            copy.Recycle();
            Interlocked.Increment(ref _dropped);
        }
    }

    private void Post(int worker, Letter letter)
    {
        if (!_mailboxes[worker].TryPost(letter))
        {
            Interlocked.Increment(ref _dropped);
        }
    }

    private bool TryTakeCopy([NotNullWhen(true)] out ForkedDatagram? copy)
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
