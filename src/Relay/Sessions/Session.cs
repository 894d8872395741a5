using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Evidence;
using RtpProxy.Relay.Recording;
using RtpProxy.Relay.Snapshots;

namespace RtpProxy.Relay.Sessions;

/// <summary>One media line of one call: Call-ID, the tag of the party that offered, and the two legs.</summary>
/// <remarks>Owned by one worker; not thread-safe.</remarks>
public sealed class Session
{
    /// <summary>Forks of one session: more than a recorder and its spare would be a loop.</summary>
    internal const int MaxForks = 8;

    private Fork[] _forks = [];
    private SessionEvidence _evidence;

    internal Session(
        SessionId id,
        string callId,
        string tag,
        LocalAddress towardCaller,
        LocalAddress towardCallee,
        InactivityTimer callerTimer,
        InactivityTimer calleeTimer,
        Instant createdAt)
    {
        Id = id;
        CallId = callId;
        Tag = tag;
        CreatedAt = createdAt;
        Caller = new Leg(this, Side.Caller, towardCaller, callerTimer);
        Callee = new Leg(this, Side.Callee, towardCallee, calleeTimer);
    }

    public SessionId Id { get; }

    public string CallId { get; }

    /// <summary>From-tag of the creating <c>U</c>, media number included.</summary>
    public string Tag { get; }

    /// <summary>
    /// The tag of the other party as the last <c>U</c> or <c>L</c> told it; null until one did. Of the branches of a forked call
    /// this is the one that answered last.
    /// </summary>
    public string? AnsweredTag { get; internal set; }

    /// <summary>
    /// The last offer had the same tag twice: who will answer is not known, and the next <c>L</c> with another from-tag is the
    /// answer of that party (control protocol, section 6.1).
    /// </summary>
    internal bool IsOfferedToNobody { get; set; }

    /// <summary>The call that knows more of it than Call-ID and tags; null for what only RTPproxy's protocol has commanded.</summary>
    internal Call? Call { get; set; }

    /// <summary>Which media line of that call it is.</summary>
    internal LinePlace Line { get; set; }

    /// <summary>
    /// A media line of somebody who only hears (<see cref="Subscription"/>), through the callee's leg: the caller's stands for who is
    /// heard and has no ports. Never complete, so nothing that comes to its ports is taken.
    /// </summary>
    public bool IsSubscribed { get; internal set; }

    /// <summary>What is relayed is not RTP, and is not looked into.</summary>
    public bool IsOpaque { get; internal set; }

    /// <summary>The first media line of its party in the call: its recordings are named without the media number.</summary>
    public bool IsFirstMedia { get; internal init; }

    public Instant CreatedAt { get; }

    /// <summary>The number of the <c>U</c> that created it; later commands have higher ones.</summary>
    internal long CommandNumber { get; set; }

    /// <summary>The worker's tick that this session has been looked at in, or was made in.</summary>
    internal uint LastTick { get; set; }

    /// <summary>The second leg of the protocol: its port is opened by the first <c>L</c>, and the caller sends to it.</summary>
    public Leg Caller { get; }

    /// <summary>The first leg of the protocol: its port is the reply of the creating <c>U</c>, and the callee sends to it.</summary>
    public Leg Callee { get; }

    /// <summary>True for good once the second leg got a port: media is relayed from then on.</summary>
    public bool IsComplete { get; internal set; }

    /// <summary>What is the matter with it, as of the last second.</summary>
    public Verdict Verdict => _evidence.Verdict;

    /// <summary>Seconds until the session times out: those of the leg that is nearer to it.</summary>
    public int RemainingSeconds => Math.Min(Caller.Timer.Remaining, Callee.Timer.Remaining);

    /// <summary>True once the session is gone; what still refers to it must leave it alone.</summary>
    public bool IsEnded { get; internal set; }

    /// <summary>What verdicts are made of; to be copied out and in.</summary>
    internal ref SessionEvidence Evidence => ref _evidence;

    /// <summary>Who is told of a timeout, if permitted.</summary>
    internal NoticeTarget? NoticeTarget { get; set; }

    /// <summary>The decoded notify tag; belongs to <see cref="NoticeTarget"/>.</summary>
    internal byte[] NoticeTag { get; set; } = [];

    /// <summary>The strong flag (control protocol, section 6.4).</summary>
    internal bool IsStrong { get; set; }

    /// <summary>No flag keeps the session any more: a <c>D</c> ends it.</summary>
    internal bool IsReleased => !IsStrong && !Caller.IsWeak && !Callee.IsWeak;

    /// <summary>The fork that this session carries; its own parties are then not heard.</summary>
    internal Fork? CarriedFork { get; set; }

    /// <summary>The sessions that carry a copy of this one.</summary>
    internal ReadOnlySpan<Fork> Forks => Volatile.Read(ref _forks); // other workers follow packets through them

    /// <summary>The next session of the same call, in order of creation.</summary>
    internal Session? NextOfCall { get; set; }

    /// <summary>The one before.</summary>
    internal Session? PreviousOfCall { get; set; }

    /// <summary>Where it is put down for another process (<see cref="ISnapshotSlots"/>).</summary>
    internal int Slot { get; set; } = ISnapshotSlots.Nowhere;

    /// <summary>It is to be put down soon.</summary>
    internal bool IsToBeKept { get; set; }

    /// <summary>Place in the worker's list of all sessions.</summary>
    internal int Place { get; set; }

    public Leg this[Side side] => side == Side.Caller ? Caller : Callee;

    /// <summary>The leg of the other party.</summary>
    public Leg Opposite(Leg leg) => ReferenceEquals(leg, Caller) ? Callee : Caller;

    /// <summary>A <c>U</c> or <c>L</c> told the tag of the other party; the session's own tag, or an empty one, tells nothing.</summary>
    internal void OnAnsweredTag(string? tag)
    {
        if (tag is not null
            && TagRules.WithoutMedia(tag) is { Length: > 0 } party
            && party != TagRules.WithoutMedia(Tag))
        {
            AnsweredTag = tag;
        }
    }

    /// <summary>The leg of the party that a command speaks for.</summary>
    internal Leg PartyOf(TagMatch match) => match == TagMatch.Forward ? Caller : Callee;

    /// <summary>A fork begins in the place of one of the same target, or else in one of its own. True if in that.</summary>
    internal bool AddFork(in Fork fork)
    {
        SessionId target = fork.Target;
        Fork[] others = Array.FindAll(_forks, f => f.Target != target);
        bool isFurther = others.Length == _forks.Length;
        Volatile.Write(ref _forks, [.. others, fork]);
        return isFurther;
    }

    /// <summary>One of the parties writes to this file.</summary>
    internal bool IsRecordedTo(IRecordingFile file) => Caller.IsRecordedTo(file) || Callee.IsRecordedTo(file);

    /// <summary>The sessions that carry a copy now, instead of those before.</summary>
    internal void SetForks(Fork[] forks) => Volatile.Write(ref _forks, forks);

    internal void RemoveFork(Fork fork) =>
        Volatile.Write(ref _forks, Array.FindAll(_forks, f => f.Target != fork.Target));

    internal void Complete(Instant now)
    {
        IsComplete = true;
        _evidence.CompleteAt = now;
        Caller.Timer.OnComplete();
        Callee.Timer.OnComplete();
    }

    internal void RestartTimers()
    {
        Caller.Timer.Restart();
        Callee.Timer.Restart();
    }

    /// <summary>One second has passed. False when the session has timed out.</summary>
    internal bool Tick() =>
        Caller.Timer.Tick() & (ReferenceEquals(Caller.Timer, Callee.Timer) || Callee.Timer.Tick());
}
