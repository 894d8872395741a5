using System.Net;
using System.Text;
using RtpProxy.Protocols.RtppFront;
using RtpProxy.Relay;
using RtpProxy.Relay.Destinations;
using RtpProxy.Relay.Events;
using RtpProxy.Relay.Forwarding;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Operations;
using RtpProxy.Relay.Ports;
using RtpProxy.Relay.Sessions;
using RtpProxy.Rtp;

namespace RtpProxy.TestKit.Virtual;

/// <summary>
/// The whole daemon without a kernel: workers, control plane, ports and clock, driven by a test. Time passes only when
/// the test says so; a call of an hour takes no time.
/// </summary>
public sealed partial class VirtualRelay : IWorkerLinks
{
    private static readonly TimeSpan Start = TimeSpan.FromHours(1); // a clock that has been running for a while

    private readonly VirtualRelayOptions _options;
    private readonly RelayWorld[] _worlds;
    private readonly CommandDesk _control;
    private readonly List<SentDatagram> _sent = [];
    private readonly Queue<Action> _links = new();
    private RelayWorker[] _workers;

    public VirtualRelay(VirtualRelayOptions? options = null)
    {
        _options = options ?? new VirtualRelayOptions();
        Now = new Instant(0) + Start;
        var directory = new PortDirectory(_options.Own ?? VirtualOwnAddresses.Of(_options.Addresses));
        _worlds =
        [
            .. Enumerable.Range(0, _options.Workers).Select(i => new RelayWorld
            {
                Ports = _options.Ports.TableOf(i),
                Directory = directory,
                Events = _options.IsQuiet ? new SilentEvents() : new EventFan(Events, new ControllerNotices(_options.Notices)),
                Links = this,
                Random = new Random(i),
                Slots = _options.KeepsSessions ? new VirtualSlots() : null,
            }),
        ];
        _workers = [.. _worlds.Select((world, i) => new RelayWorker(i, _options.Relay, world, Now))];
        Operations = new RelayOperations(
            _options.Addresses, _options.Relay, _options.Workers, _options.Notices, Recordings, Prompts, Names, () => SessionCount, WallOf);
        _control = new CommandDesk(Names, Operations, _options.DigitCatchers);
    }

    public VirtualRelay(RelayOptions options, int workers = 1)
        : this(new VirtualRelayOptions { Relay = options, Workers = workers })
    {
    }

    public Instant Now { get; private set; }

    /// <summary>Microseconds since the UNIX epoch; moves with <see cref="Now"/>.</summary>
    public long WallMicroseconds => WallOf(Now);

    private static long WallOf(Instant moment) => 1_795_215_186_000_000 + (moment.Nanoseconds / 1000);

    /// <summary>What the workers decided.</summary>
    public EventText Events { get; } = new();

    public VirtualNotices Notices => _options.Notices;

    public VirtualPorts Ports => _options.Ports;

    public VirtualRecordings Recordings { get; } = new();

    /// <summary>Addresses that packets are not taken for, and why.</summary>
    public Dictionary<Endpoint, SendOutcome> Refusals { get; } = [];

    public VirtualPrompts Prompts { get; } = new();

    public VirtualNames Names { get; } = new();

    public CommandDesk Control => _control;

    public RelayOperations Operations { get; }

    public IReadOnlyList<RelayWorker> Workers => _workers;

    public int SessionCount => _workers.Sum(w => w.SessionCount);

    /// <summary>Sends one command and returns the whole reply without its final LF.</summary>
    public string Command(string line) => Encoding.Latin1.GetString(Execute(Encoding.Latin1.GetBytes(line)).Span)[..^1];

    /// <summary>Sends one command that is answered with a port, and returns that.</summary>
    public int Port(string line)
    {
        string reply = Command(line);
        return int.TryParse(reply.Split(' ')[0], out int port) && port > 0
            ? port
            : throw new InvalidOperationException($"'{line}' was answered '{reply}', not with a port.");
    }

    /// <summary>Sends one command as bytes and returns the whole reply.</summary>
    public ReadOnlyMemory<byte> Execute(ReadOnlySpan<byte> line, ReadOnlySpan<byte> cookie = default)
    {
        CommandRun run = _control.Begin(line, cookie, default);
        Carry(run);
        return run.Reply;
    }

    /// <summary>A datagram reaches one of the relay's ports; returns what left the relay because of it.</summary>
    public IReadOnlyList<SentDatagram> Receive(Endpoint source, int port, byte[] datagram, IPAddress? host = null)
    {
        int before = _sent.Count;
        (int worker, PortId id) = _options.Ports.Find(port, host);
        var sink = new Sink(this, worker);
        VirtualSocket socket = _options.Ports.SocketOf(worker, id);
        _workers[worker].OnDatagram(id, source, datagram, Arrival(socket), ref sink);
        EndStep();
        return _sent.GetRange(before, _sent.Count - before);
    }

    /// <summary>The network tells that a datagram that left one of the relay's ports did not arrive.</summary>
    public void TellUndelivered(int port, in Endpoint to, SendOutcome outcome)
    {
        (int worker, PortId id) = _options.Ports.Find(port);
        _workers[worker].OnUndelivered(id, to, outcome, Now);
        EndStep();
    }

    /// <summary>Lets time pass, deadline by deadline; returns what left the relay meanwhile.</summary>
    public IReadOnlyList<SentDatagram> Advance(TimeSpan time)
    {
        int before = _sent.Count;
        Instant end = Now + time;
        while (true)
        {
            RelayWorker next = _workers.MinBy(w => w.NextDeadline)!;
            if (next.NextDeadline > end)
            {
                break;
            }

            Now = next.NextDeadline > Now ? next.NextDeadline : Now;
            var sink = new Sink(this, next.Index);
            next.OnDeadline(new Arrival(Now, WallMicroseconds), ref sink);
            EndStep();
        }

        Now = end;
        return _sent.GetRange(before, _sent.Count - before);
    }

    /// <summary>The machine sleeps: the clock goes on, and nobody is called until it wakes up.</summary>
    public void Sleep(TimeSpan time)
    {
        Now += time;
        Advance(TimeSpan.Zero);
    }

    public IReadOnlyList<SentDatagram> AdvanceSeconds(double seconds) => Advance(TimeSpan.FromSeconds(seconds));

    void IWorkerLinks.Start(in Fork fork)
    {
        Fork copy = fork;
        _links.Enqueue(() => _workers[copy.Source.Worker].OnForkStarted(copy));
    }

    void IWorkerLinks.End(in Fork fork)
    {
        Fork copy = fork;
        _links.Enqueue(() => _workers[copy.Source.Worker].OnForkEnded(copy));
    }

    void IWorkerLinks.Release(in SessionId source)
    {
        SessionId copy = source;
        _links.Enqueue(() => _workers[copy.Worker].OnForkReleased(copy));
    }

    void IWorkerLinks.SourceEnded(in Fork fork)
    {
        Fork copy = fork;
        _links.Enqueue(() => _workers[copy.Target.Worker].OnForkSourceEnded(copy));
    }

    void IWorkerLinks.Forward(in ForkedPacket packet, ReadOnlySpan<byte> datagram)
    {
        ForkedPacket copy = packet;
        byte[] bytes = datagram.ToArray();
        _links.Enqueue(() =>
        {
            var sink = new Sink(this, copy.Fork.Target.Worker);
            _workers[copy.Fork.Target.Worker].OnForked(copy, bytes, ref sink);
        });
    }

    private Arrival Arrival(VirtualSocket socket) =>
        new(Now, WallMicroseconds, socket.WantsDetails ? socket.Endpoint : default);

    private void EndStep()
    {
        Settle();
        RestartAfterStep();
    }

    /// <summary>Delivers what workers sent each other.</summary>
    private void Settle()
    {
        while (_links.TryDequeue(out Action? link))
        {
            link();
        }
    }

    private readonly struct Sink(VirtualRelay relay, int worker) : IPacketSink
    {
        public SendOutcome Send(PortId from, in Endpoint to, ReadOnlySpan<byte> datagram)
        {
            Endpoint local = relay._options.Ports.SocketOf(worker, from).Endpoint;
            (to.IsIPv6 == local.IsIPv6).ShouldBeTrue($"a packet from {local} to {to}");
            SendOutcome outcome = relay.Refusals.GetValueOrDefault(to);
            if (outcome == SendOutcome.Sent)
            {
                relay._sent.Add(new SentDatagram(local, to, datagram.ToArray()));
            }

            return outcome;
        }
    }
}
