using RtpProxy.Controller;
using RtpProxy.Controller.Offers;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Registration;
using RtpProxy.SipEdge.Transport;
using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>
/// One request on its way through the proxy: both its transactions, the one towards its sender and the one towards its
/// target (RFC 3261 section 16.2), and what media handling needs to know of it.
/// </summary>
/// <remarks>
/// Not thread-safe: everything but the constructor, <see cref="TryEnterAsync"/> and <see cref="WantsCancel"/> belongs to
/// whoever has entered. Timers call back without having entered.
/// </remarks>
internal sealed class ProxyTransaction : IDisposable
{
    private const int MaxWaiting = 32; // Nobody has so many honest messages for one transaction under way.

    private readonly SemaphoreSlim _gate = new(1);
    private readonly ITimer _repeat;
    private readonly ITimer _expiry;
    private TimeSpan _interval;
    private int _waiting;

    /// <param name="onRepeat">The retransmission timer has fired.</param>
    /// <param name="onExpiry">The time of the present state is over.</param>
    public ProxyTransaction(
        TransactionKey key,
        SipMessage request,
        Flow from,
        Sender sender,
        string branch,
        TimeProvider time,
        Action<ProxyTransaction> onRepeat,
        Action<ProxyTransaction> onExpiry)
    {
        Key = key;
        Request = request;
        From = from;
        Sender = sender;
        Branch = branch;
        Upstream = from.To(new ViaMark(from.Remote).ReturnAddress(request.TopVia!));
        _repeat = time.CreateTimer(_ => onRepeat(this), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _expiry = time.CreateTimer(_ => onExpiry(this), null, SipTimers.Ringing, Timeout.InfiniteTimeSpan);
    }

    public TransactionKey Key { get; }

    public SipMessage Request { get; }

    /// <summary>Where the request came from.</summary>
    public Flow From { get; }

    /// <summary>Who sent it.</summary>
    public Sender Sender { get; }

    /// <summary>Where responses go.</summary>
    public Flow Upstream { get; }

    /// <summary>Our own transaction identifier, in the Via that we add; random, so that nobody can guess it.</summary>
    public string Branch { get; }

    public bool IsInvite => Key.Method == "INVITE";

    public TransactionState State { get; set; }

    /// <summary>What replies and CANCEL need to know of the request.</summary>
    public TransactionFacts Facts { get; set; } = new(false, false);

    /// <summary>An offer was sent to a relay: a failure has something to delete.</summary>
    public bool HasMedia { get; set; }

    /// <summary>Its offer is no business of our relays, or was let through without one: then so is the answer.</summary>
    public bool PassesWithoutRelay { get; set; }

    /// <summary>What the sender is told in place of whatever comes, because an answer could not go through a relay; else null.</summary>
    public MediaRefusal? Discards { get; set; }

    /// <summary>The ACK of a 2xx that was not passed on; its sender repeats it until it has that.</summary>
    public byte[]? AckOfDiscarded { get; set; }

    /// <summary>A request of our own: nobody upstream waits for an answer.</summary>
    public bool IsOwn { get; init; }

    /// <summary>It goes on again only when it comes again: what we repeat could be more than its sender has sent.</summary>
    public bool IsRepeatedBySender { get; init; }

    /// <summary>The request as it left, and where it went; null before that.</summary>
    public SipMessage? Forwarded { get; set; }

    public byte[] ForwardedBytes { get; set; } = [];

    public Flow? Downstream { get; set; }

    /// <summary>The registered phone that it went to; null when it went elsewhere.</summary>
    public Binding? Phone { get; set; }

    /// <summary>How many responses have been passed back.</summary>
    public int Passed { get; set; }

    /// <summary>The last response that came, as it came.</summary>
    public string? LastReceived { get; set; }

    /// <summary>The last response that was sent back; empty before the first, and when there was no room to keep it.</summary>
    public byte[] LastSent { get; set; } = [];

    /// <summary>Counts among those that nothing has come back for; belongs to the table.</summary>
    public bool IsUnanswered { get; set; }

    /// <summary>What the kept response counts for; belongs to the table.</summary>
    public int HeldWeight { get; set; }

    /// <summary>The sender has cancelled; may be set without entering.</summary>
    public bool WantsCancel { get; set; }

    public bool HasSentCancel { get; set; }

    /// <summary>Waits for its turn. Leave by disposing the result.</summary>
    /// <returns>Null when too many wait already: the message at hand is dropped.</returns>
    public async ValueTask<IDisposable?> TryEnterAsync()
    {
        if (Interlocked.Increment(ref _waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        await _gate.WaitAsync().ConfigureAwait(false);
        return new Turn(this);
    }

    /// <summary>Repeats after so long, and then at growing intervals as <see cref="RepeatAgain"/> says.</summary>
    public void RepeatAfter(TimeSpan interval)
    {
        _interval = interval;
        _repeat.Change(interval, Timeout.InfiniteTimeSpan);
    }

    public void RepeatAgain(TimeSpan most)
    {
        TimeSpan doubled = 2 * _interval;
        RepeatAfter(doubled < most ? doubled : most);
    }

    public void StopRepeating() => _repeat.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void ExpireAfter(TimeSpan time) => _expiry.Change(time, Timeout.InfiniteTimeSpan);

    public void Dispose()
    {
        State = TransactionState.Terminated;
        _repeat.Dispose();
        _expiry.Dispose();
    }

    private sealed class Turn(ProxyTransaction transaction) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref transaction._waiting);
            transaction._gate.Release();
        }
    }
}
