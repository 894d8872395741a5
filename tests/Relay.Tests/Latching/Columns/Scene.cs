using System.Net;
using RtpProxy.Relay.Ports;
using RtpProxy.Rtp;
using RtpProxy.TestKit.Virtual;

namespace RtpProxy.Relay.Tests.Latching.Columns;

/// <summary>
/// A call, seen from one of its legs: the party there, whose place in question is, and the other, whose packets go to it and
/// who hears it. Time goes in frames of 20 ms; the other party speaks in the middle of each.
/// </summary>
internal sealed class Scene
{
    public const int FramesPerSecond = 50;

    private static readonly TimeSpan HalfFrame = TimeSpan.FromMilliseconds(10);

    private readonly Side _side;
    private readonly bool _isIPv6;
    private readonly List<(Instant At, Endpoint To)> _sent = [];
    private int _otherSequence = 1;
    private Instant _mark;

    private readonly string _medium; // of the tags: which media line

    public Scene(Side side = Side.Caller, bool ipv6 = false, bool isPrivate = false, string modifiers = "", bool isSecondLine = false)
    {
        _medium = isSecondLine ? ";2" : "";
        _side = side;
        _isIPv6 = ipv6;
        Modifiers = modifiers;
        Relay = new VirtualRelay(new VirtualRelayOptions
        {
            Addresses = new VirtualAddressBook(new LocalAddress(IPAddress.Any), new LocalAddress(IPAddress.IPv6Any)),
            Relay = new RelayOptions { TtlSeconds = 3_600 },
        });
        Party = isPrivate ? Private(10, 40_000) : Public(10, 40_000);
        Other = Public(20, 50_000);
        Endpoint caller = side == Side.Caller ? Party : Other;
        Endpoint callee = side == Side.Caller ? Other : Party;
        if (isSecondLine)
        {
            Relay.Port($"U{Six} call {Call.Text(caller.WithPort(30_000))} a;1");
            Relay.Port($"L{Six} call {Call.Text(callee.WithPort(31_000))} a;1 b;1");
        }

        int forCallee = Relay.Port($"U{Modifiers}{Six} call {Call.Text(caller)} a{_medium}");
        int forCaller = Relay.Port($"L{Modifiers}{Six} call {Call.Text(callee)} a{_medium} b{_medium}");
        PortForParty = side == Side.Caller ? forCaller : forCallee;
        PortForOther = side == Side.Caller ? forCallee : forCaller;
        _mark = Relay.Now;
    }

    public VirtualRelay Relay { get; }

    /// <summary>Where the party was signalled first.</summary>
    public Endpoint Party { get; }

    public Endpoint Other { get; }

    /// <summary>The port that the party sends to.</summary>
    public int PortForParty { get; private set; }

    public int PortForOther { get; }

    public string Modifiers { get; }

    /// <summary>Where the party's NAT shows a port of it.</summary>
    public Endpoint Nat(int port) => At(_isIPv6 ? "2001:db8:bad::1" : "198.18.0.1", port);

    public Endpoint Mallory => At(_isIPv6 ? "2001:db8::6666" : "203.0.113.66", 6_666);

    private string Six => _isIPv6 ? "6" : "";

    public Endpoint Public(int host, int port) => At(_isIPv6 ? $"2001:db8::{host}" : $"192.0.2.{host}", port);

    public Endpoint Private(int host, int port) => At(_isIPv6 ? $"fd00::{host}" : $"10.0.0.{host}", port);

    /// <summary>A command about the party; another tag than before is another party's, who answers.</summary>
    public void Signal(Endpoint address, string tag = "b") => Relay.Port(_side == Side.Caller
        ? $"U{Modifiers}{Six} call {Call.Text(address)} a{_medium}"
        : $"L{Modifiers}{Six} call {Call.Text(address)} a{_medium} {tag}{_medium}");

    /// <summary>A command about the other party, which repeats its description, gives the party another port of ours to send to.</summary>
    public void Renew() => PortForParty = Relay.Port(_side == Side.Caller
        ? $"L{Modifiers}n{Six} call {Call.Text(Other)} a{_medium} b{_medium}"
        : $"U{Modifiers}n{Six} call {Call.Text(Other)} a{_medium}");

    public void Hold() => Signal(At(_isIPv6 ? "::" : "0.0.0.0", 40_000));

    /// <summary>A prompt is played to the party, for longer than an attack lasts.</summary>
    public void Play()
    {
        Relay.Prompts.Files[("prompt", 0)] = new byte[80_000];
        Relay.Command(_side == Side.Caller ? "P call prompt 0 a b" : "P call prompt 0 b a").ShouldBe("0");
    }

    public void Record() => Relay.Command($"R call a{_medium} b{_medium}").ShouldBe("0");

    /// <summary>How much has been recorded.</summary>
    public int Recorded => Relay.Recordings.Files.Values.Sum(f => f.Length);

    /// <summary>What the session counts: its packets, those relayed, and those of the party that were analysed.</summary>
    public string Counters => Relay.Command($"Q call a{_medium} b{_medium} npkts_ina npkts_ino nrelayed ndropped rtpa_nrcvd rtpa_nlost");

    /// <summary>Seconds that the session has to live without media.</summary>
    public int SecondsToLive => int.Parse(Relay.Command($"Q call a{_medium} b{_medium} ttl"), System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The party has spoken for a while.</summary>
    public Voice Spoken(Endpoint? from = null, uint ssrc = 7, double seconds = 2)
    {
        var voice = new Voice(from ?? Party, ssrc);
        Run(seconds, voice);
        return voice;
    }

    /// <summary>Lets voices speak for a time, and the other party with them.</summary>
    public void Run(double seconds, params Voice[] voices) => Run(seconds, null, voices);

    /// <summary>The same, while somebody does something in each frame after the voices.</summary>
    public void Run(double seconds, Action<int>? intruder, params Voice[] voices)
    {
        int frames = (int)Math.Round(seconds * FramesPerSecond);
        for (int frame = 0; frame < frames; frame++)
        {
            foreach (Voice voice in voices)
            {
                if (voice.SendsIn(frame))
                {
                    IReadOnlyList<SentDatagram> sent = Relay.Receive(voice.Source, PortForParty, voice.Next());
                    voice.Packets.Add((Relay.Now, sent.Any(s => s.To == Other)));
                }
            }

            intruder?.Invoke(frame);
            Note(Relay.Advance(HalfFrame));
            Note(Relay.Receive(Other, PortForOther, RtpBytes.Rtp(_otherSequence++, ssrc: 8)));
            Note(Relay.Advance(HalfFrame));
        }
    }

    /// <summary>A datagram on the party's port. True if the other party got it.</summary>
    public bool Inject(Endpoint source, byte[] datagram) =>
        Relay.Receive(source, PortForParty, datagram).Any(s => s.To == Other);

    /// <summary>A report on the party's RTCP port. True if the other party got it.</summary>
    public bool Report(Endpoint source) => Relay.Receive(source, PortForParty + 1, RtpBytes.ReceiverReport()).Count > 0;

    /// <summary>Where the other party's report goes.</summary>
    public Endpoint? ReportOfOther() =>
        Relay.Receive(Other.WithPort((ushort)(Other.Port + 1)), PortForOther + 1, RtpBytes.ReceiverReport()) is [var sent, ..] ? sent.To : null;

    /// <summary>What is measured from now on; usually just before or after a command.</summary>
    public void Mark()
    {
        _mark = Relay.Now;
        _sent.Clear();
    }

    /// <summary>Where the newest packet of the other party went.</summary>
    public Endpoint LastSentTo => _sent[^1].To;

    /// <summary>Packets of the other party since the mark that went to a place.</summary>
    public int SentTo(Endpoint place) => _sent.Count(s => s.To == place);

    public int SentWhere(Func<Endpoint, bool> place) => _sent.Count(s => place(s.To));

    /// <summary>Milliseconds from the mark until the packets for the party went to a place for good; -1 if they never did.</summary>
    public int ReachedAfter(Endpoint place)
    {
        int last = _sent.FindLastIndex(s => s.To != place);
        return last + 1 == _sent.Count ? -1 : Milliseconds(_sent[last + 1].At);
    }

    /// <summary>Milliseconds from the mark until a voice was heard for good; -1 if it never was.</summary>
    public int HeardAfter(Voice voice)
    {
        List<(Instant At, bool IsHeard)> packets = [.. voice.Packets.Where(p => p.At >= _mark)];
        int last = packets.FindLastIndex(p => !p.IsHeard);
        return last + 1 == packets.Count ? -1 : Milliseconds(packets[last + 1].At);
    }

    /// <summary>What leaves for the party: packets of the other one, or of a prompt.</summary>
    private void Note(IReadOnlyList<SentDatagram> datagrams)
    {
        foreach (SentDatagram sent in datagrams)
        {
            _sent.Add((Relay.Now, sent.To));
        }
    }

    private int Milliseconds(Instant at) => (int)Math.Round((at - _mark).TotalMilliseconds);

    private static Endpoint At(string host, int port) => Endpoint.From(IPAddress.Parse(host), port);
}
