using System.Net;
using RtpProxy.Relay.Calls;
using RtpProxy.Relay.Digits.Dialling;
using RtpProxy.Relay.Latching;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Quality;
using RtpProxy.Relay.Quality.Evidence;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.Relay.Snapshots;

/// <summary>One leg in a <see cref="SessionSnapshot"/>.</summary>
internal sealed class LegSnapshot
{
    private const int MaxPtime = 999;

    private LocalAddress _local = new(IPAddress.Any);
    private ushort _port;
    private RtpLatchState _rtpLatch;
    private RtcpLatchState _rtcpLatch;
    private ReceptionState _reception;
    private JitterState[] _jitterOfSources = [];
    private QualityState _quality;
    private ReportState _reports;
    private InactivityTimerState _timer;
    private bool _isOnHold;
    private MediaGates _gates;
    private int _digitPayloadType = -1;
    private bool _isRtcpMuxed;
    private bool _isWeak;
    private uint _holdCount;
    private string? _codecs;
    private int _ptime;
    private bool _hasTos;
    private byte _tos;
    private PendingId? _lastPlay;
    private PendingId? _pendingRecording;
    private bool _hasPlayer;
    private string _prompt = "";
    private PayloadType _promptType;
    private PlayerState _player;
    private bool _isDialling;
    private DialState _dialling;
    private ushort _copyPort;
    private Endpoint _copyHost;
    private LegEvidence _evidence;

    public StreamSnapshot Rtp { get; } = new();

    public StreamSnapshot Rtcp { get; } = new();

    public ResizingSnapshot Resizing { get; } = new();

    public DigitsSnapshot Digits { get; } = new();

    public HistorySnapshot History { get; } = new();

    /// <summary>The address of our ports, also while there are none.</summary>
    public LocalAddress Local => _local;

    /// <summary>Our RTP port, 0 while there is none.</summary>
    public ushort Port => _port;

    /// <summary>The port that copies of the RTP leave from, 0 when there are none; and its address.</summary>
    public ushort CopyPort => _copyPort;

    public Endpoint CopyHost => _copyHost;

    public InactivityTimerState Timer => _timer;

    /// <summary>What is played, null for nothing.</summary>
    public (string Prompt, PayloadType Type, PlayerState State)? Player =>
        _hasPlayer ? (_prompt, _promptType, _player) : null;

    /// <summary>Digits that the party seems to press, null for none.</summary>
    public DialState? Dialling => _isDialling ? _dialling : null;

    public StreamSnapshot this[StreamKind kind] => kind == StreamKind.Rtp ? Rtp : Rtcp;

    public void Take(Leg leg)
    {
        _local = leg.Local;
        _port = leg.PortNumber;
        _rtpLatch = leg.RtpLatch.State;
        _rtcpLatch = leg.RtcpLatch.State;
        _reception = leg.Reception.State;
        TakeSources(leg.Reception.JitterOfSources);
        _quality = leg.Quality.State;
        History.Take(leg.Quality.History);
        _reports = leg.Reports.State;
        _timer = leg.Timer.State;
        _isOnHold = leg.IsOnHold;
        _gates = leg.Gates;
        _digitPayloadType = leg.DigitPayloadType;
        _isRtcpMuxed = leg.IsRtcpMuxed;
        _isWeak = leg.IsWeak;
        _holdCount = leg.HoldCount;
        _codecs = leg.Codecs;
        _ptime = leg.PtimeMilliseconds ?? 0;
        _hasTos = leg.Tos is not null;
        _tos = leg.Tos ?? 0;
        _lastPlay = leg.LastPlay;
        _pendingRecording = leg.PendingRecording;
        _hasPlayer = leg.Player is not null;
        if (leg.Player is { } player)
        {
            _prompt = player.PromptName;
            _promptType = player.PayloadType;
            _player = player.State;
        }

        _isDialling = leg.Dialler is not null;
        if (leg.Dialler is { } dialler)
        {
            _dialling = dialler.State;
        }

        _copyPort = leg.CopyPorts?.Number ?? 0;
        _copyHost = leg.CopyHost;
        _evidence = leg.Evidence;
        Resizing.Take(leg);
        Digits.Take(leg);
        Rtp.Take(leg.Rtp);
        Rtcp.Take(leg.Rtcp);
    }

    /// <summary>Makes a leg what it was, without ports and what hangs on the world.</summary>
    public void Fill(Leg leg)
    {
        leg.Local = _local;
        leg.Timer.State = _timer;
        leg.IsOnHold = _isOnHold;
        leg.Gates = _gates;
        leg.DigitPayloadType = _digitPayloadType;
        leg.IsRtcpMuxed = _isRtcpMuxed;
        leg.IsWeak = _isWeak;
        leg.HoldCount = _holdCount;
        leg.Codecs = _codecs;
        leg.PtimeMilliseconds = _ptime > 0 ? _ptime : null;
        leg.Tos = _hasTos ? _tos : null;
        leg.LastPlay = _lastPlay;
        leg.PendingRecording = _pendingRecording;
        leg.RtpLatch.State = _rtpLatch;
        leg.RtcpLatch.State = _rtcpLatch;
        leg.Reception.Resume(_reception, _jitterOfSources);
        leg.Quality.State = _quality;
        leg.Quality.History = History.NewHistory();
        leg.Reports.State = _reports;
        leg.Evidence = _evidence;
        Rtp.Fill(leg.Rtp);
        Rtcp.Fill(leg.Rtcp);
    }

    /// <summary>On another clock arrivals cannot be compared: jitter and de-jitter buffer wait for the next packet.</summary>
    public void ForgetArrivals()
    {
        _quality.Playout.HasReference = false;
        _reception.Jitter.LastArrival = 0;
        foreach (ref JitterState source in _jitterOfSources.AsSpan())
        {
            source.LastArrival = 0;
        }
    }

    public void Pass(ref SnapshotPass pass)
    {
        if (pass.IsReading)
        {
            (_reception, _quality, _reports) = (default, default, default); // of what is not there nothing is written
        }

        pass.Value(ref _local);
        pass.Number(ref _port);
        LatchFields.Pass(ref pass, ref _rtpLatch);
        LatchFields.Pass(ref pass, ref _rtcpLatch);
        ReceptionFields.Pass(ref pass, ref _reception);
        PassSources(ref pass);
        QualityFields.Pass(ref pass, ref _quality);
        History.Pass(ref pass);
        QualityFields.Pass(ref pass, ref _reports);
        StreamFields.Pass(ref pass, ref _timer);
        pass.Flags(ref _isOnHold, ref _isWeak, ref _hasTos, ref _hasPlayer);
        pass.Number(ref _holdCount);
        pass.OptionalText(ref _codecs, SnapshotLimits.Text);
        pass.Number(ref _ptime, 0, MaxPtime);
        pass.Octet(ref _tos);
        pass.Optional(ref _lastPlay);
        pass.Optional(ref _pendingRecording);
        if (_hasPlayer)
        {
            pass.Text(ref _prompt, SnapshotLimits.Text);
            pass.Value(ref _promptType);
            PlayerFields.Pass(ref pass, ref _player);
        }

        pass.Number(ref _copyPort);
        pass.Value(ref _copyHost);
        EvidenceFields.Pass(ref pass, ref _evidence);
        Resizing.Pass(ref pass);
        Digits.Pass(ref pass);
        Rtp.Pass(ref pass);
        Rtcp.Pass(ref pass);
    }

    /// <summary>What only a leg of a call has that tells more than sessions.</summary>
    public void PassOfCall(ref SnapshotPass pass)
    {
        pass.Choice(ref _gates, CallFields.AllGates);
        pass.Number(ref _digitPayloadType, -1, 127);
        pass.Flag(ref _isRtcpMuxed);
        if (pass.Version < SessionVersion.Dialling)
        {
            _isDialling = false;
            return;
        }

        pass.Flag(ref _isDialling);
        if (_isDialling)
        {
            DialFields.Pass(ref pass, ref _dialling);
        }
    }

    /// <summary>Of another leg there is nothing of it.</summary>
    public void ForgetCall()
    {
        _gates = MediaGates.None;
        _digitPayloadType = -1;
        _isRtcpMuxed = false;
        _isDialling = false;
    }

    private void TakeSources(ReadOnlySpan<JitterState> sources)
    {
        SizeSources();
        sources[..Math.Min(sources.Length, _jitterOfSources.Length)].CopyTo(_jitterOfSources);
    }

    /// <summary>One source is in the state of the analyser.</summary>
    private void SizeSources()
    {
        int count = _reception.Sources > 1 ? _reception.Sources : 0;
        if (_jitterOfSources.Length != count)
        {
            _jitterOfSources = new JitterState[count];
        }
    }

    private void PassSources(ref SnapshotPass pass)
    {
        if (_reception.Present >= Math.Max(_reception.Sources, (byte)1))
        {
            pass.Refuse();
            return;
        }

        if (pass.IsReading)
        {
            SizeSources();
        }

        foreach (ref JitterState source in _jitterOfSources.AsSpan())
        {
            ReceptionFields.Pass(ref pass, ref source);
        }
    }
}
