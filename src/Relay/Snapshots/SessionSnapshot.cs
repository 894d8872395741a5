using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Quality.Evidence;
using RtpProxy.Relay.Sessions;

namespace RtpProxy.Relay.Snapshots;

/// <summary>
/// All of one session that decides anything later: who it is, its ports by number, latches, timers, counters, analysers, what is
/// played to its parties, what is recorded of them, copied and re-framed. Plain data, as bytes:
/// <code>
/// kind | version | when it was taken, 8 bytes | session | caller's leg | callee's leg
/// </code>
/// </summary>
/// <remarks>
/// <para>One object can be filled again and again; what it allocates then are the texts and lists that it did not have.</para>
/// <para>
/// Instants are written as differences to the one at which it was taken, so a process whose monotonic clock has another origin
/// can read them if it knows what that instant is on its own clock. On one machine the clock (CLOCK_MONOTONIC) is the same for
/// all processes until the next start.
/// </para>
/// <para>Not in it, since a second of packets brings them back: packets that circle (media rules, section 3.8).</para>
/// </remarks>
public sealed class SessionSnapshot
{
    /// <summary>Of what follows.</summary>
    public static readonly SnapshotVersions Versions = new(SessionVersion.Oldest, SessionVersion.Newest);

    private const byte Kind = (byte)'S';

    private readonly LegSnapshot _caller = new();
    private readonly LegSnapshot _callee = new();
    private string _callId = "";
    private string _tag = "";
    private string? _answeredTag;
    private string? _noticeTarget;
    private byte[] _noticeTag = [];
    private SessionId _id;
    private Instant _createdAt;
    private long _commandNumber;
    private uint _lastTick;
    private bool _isOfferedToNobody;
    private bool _isFirstMedia;
    private bool _isComplete;
    private bool _isStrong;
    private bool _hasOneTimer;
    private bool _carries;
    private Fork _carriedFork;
    private SessionEvidence _evidence;
    private Fork[] _forks = [];
    private bool _isOpaque;
    private CallFacts? _call;
    private LinePlace _line;

    /// <summary>When it was taken.</summary>
    public Instant At { get; private set; }

    /// <summary>Which session it is of.</summary>
    public SessionId Id => _id;

    public string CallId => _callId;

    internal LegSnapshot Caller => _caller;

    internal LegSnapshot Callee => _callee;

    internal string? NoticeTarget => _noticeTarget;

    internal uint LastTick => _lastTick;

    /// <summary>What is known of the call beside; null where nothing is.</summary>
    internal CallFacts? Call => _call;

    internal LinePlace Line => _line;

    /// <summary>Takes over what a session knows now. To be called by its worker.</summary>
    public void Take(Session session, Instant now)
    {
        ArgumentNullException.ThrowIfNull(session);
        At = now;
        _id = session.Id;
        _callId = session.CallId;
        _tag = session.Tag;
        _answeredTag = session.AnsweredTag;
        _noticeTarget = session.NoticeTarget?.Name;
        _noticeTag = session.NoticeTag;
        _createdAt = session.CreatedAt;
        _commandNumber = session.CommandNumber;
        _lastTick = session.LastTick;
        _isOfferedToNobody = session.IsOfferedToNobody;
        _isFirstMedia = session.IsFirstMedia;
        _isComplete = session.IsComplete;
        _isStrong = session.IsStrong;
        _hasOneTimer = ReferenceEquals(session.Caller.Timer, session.Callee.Timer);
        _evidence = session.Evidence;
        _carries = session.CarriedFork is not null;
        _carriedFork = session.CarriedFork.GetValueOrDefault();
        _forks = session.Forks.ToArray();
        _isOpaque = session.IsOpaque;
        _call = session.Call?.Facts;
        _line = session.Line;
        _caller.Take(session.Caller);
        _callee.Take(session.Callee);
    }

    /// <summary>Writes it; <see cref="SnapshotFault.NoRoom"/> is the only fault.</summary>
    /// <param name="length">Bytes written.</param>
    public SnapshotFault TryWrite(Span<byte> destination, out int length)
    {
        var pass = SnapshotPass.Writing(destination, Versions.Newest, At);
        SnapshotHead.Write(ref pass, Kind, Versions.Newest, At);
        Pass(ref pass);
        length = pass.Position;
        return pass.End();
    }

    /// <summary>Reads what <see cref="TryWrite"/> wrote, whoever changed it since. After a fault it is to be filled anew.</summary>
    /// <param name="at">When it was taken, on the clock of who reads; null when that is the clock of who wrote.</param>
    public SnapshotFault TryRead(ReadOnlySpan<byte> source, Instant? at = null)
    {
        SnapshotFault fault = SnapshotHead.TryRead(ref source, Kind, Versions, out byte version, out Instant written);
        if (fault != SnapshotFault.None)
        {
            return fault;
        }

        At = at ?? written;
        var pass = SnapshotPass.Reading(source, version, At, written);
        Pass(ref pass);
        if (At != written)
        {
            _caller.ForgetArrivals();
            _callee.ForgetArrivals();
        }

        return pass.End();
    }

    /// <summary>The session as it was, without ports and what hangs on the world.</summary>
    /// <param name="foreseen">Made of an older snapshot, and nothing done with it since: if it is of the same session it becomes what it is now.</param>
    internal Session ToSession(Session? foreseen = null)
    {
        Session session = foreseen is not null && IsOf(foreseen) ? foreseen : NewSession();
        session.AnsweredTag = _answeredTag;
        session.IsOfferedToNobody = _isOfferedToNobody;
        session.IsComplete = _isComplete;
        session.IsStrong = _isStrong;
        session.IsOpaque = _isOpaque;
        session.CommandNumber = _commandNumber;
        session.NoticeTag = _noticeTag;
        session.CarriedFork = _carries ? _carriedFork : null;
        session.Evidence = _evidence;
        session.SetForks(_forks.Length == 0 ? [] : [.. _forks]);
        _caller.Fill(session.Caller);
        _callee.Fill(session.Callee);
        return session;
    }

    private Session NewSession()
    {
        var callerTimer = new InactivityTimer(_caller.Timer);
        InactivityTimer calleeTimer = _hasOneTimer ? callerTimer : new InactivityTimer(_callee.Timer);
        return new Session(_id, _callId, _tag, _caller.Local, _callee.Local, callerTimer, calleeTimer, _createdAt)
        {
            IsFirstMedia = _isFirstMedia,
        };
    }

    /// <summary>What a session never changes is the same.</summary>
    private bool IsOf(Session session) =>
        session.Id == _id
        && session.CallId == _callId
        && session.Tag == _tag
        && session.CreatedAt == _createdAt
        && session.IsFirstMedia == _isFirstMedia
        && ReferenceEquals(session.Caller.Timer, session.Callee.Timer) == _hasOneTimer;

    private void Pass(ref SnapshotPass pass)
    {
        pass.Value(ref _id);
        pass.Text(ref _callId, SnapshotLimits.Text);
        pass.Text(ref _tag, SnapshotLimits.Text);
        pass.OptionalText(ref _answeredTag, SnapshotLimits.Text);
        pass.OptionalText(ref _noticeTarget, SnapshotLimits.Text);
        pass.Octets(ref _noticeTag, SnapshotLimits.Text);
        pass.Moment(ref _createdAt);
        pass.Number(ref _commandNumber);
        pass.Number(ref _lastTick);
        pass.Flags(ref _isOfferedToNobody, ref _isFirstMedia, ref _isComplete, ref _isStrong);
        bool isOfCall = _call is not null;
        if (pass.Version >= SessionVersion.Calls)
        {
            pass.Flags(ref _hasOneTimer, ref _carries, ref _isOpaque, ref isOfCall);
            EvidenceFields.Pass(ref pass, ref _evidence);
        }
        else
        {
            (_isOpaque, isOfCall) = (false, false);
            pass.Flag(ref _hasOneTimer);
            EvidenceFields.Pass(ref pass, ref _evidence);
            pass.Flag(ref _carries);
        }

        if (_carries)
        {
            pass.Value(ref _carriedFork);
        }

        PassForks(ref pass);
        PassCall(ref pass, isOfCall);
        _caller.Pass(ref pass);
        _callee.Pass(ref pass);
    }

    private void PassCall(ref SnapshotPass pass, bool isOfCall)
    {
        if (!isOfCall)
        {
            _call = null;
            _line = default;
            _caller.ForgetCall();
            _callee.ForgetCall();
            return;
        }

        _call ??= new CallFacts();
        CallFields.Pass(ref pass, ref _call, ref _line);
        _caller.PassOfCall(ref pass);
        _callee.PassOfCall(ref pass);
    }

    private void PassForks(ref SnapshotPass pass)
    {
        int count = pass.Count(_forks.Length, Session.MaxForks);
        if (pass.IsReading)
        {
            _forks = new Fork[count];
        }

        foreach (ref Fork fork in _forks.AsSpan())
        {
            pass.Value(ref fork);
        }
    }
}
