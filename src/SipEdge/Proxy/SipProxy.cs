using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using RtpProxy.Lines;
using RtpProxy.Sip;
using RtpProxy.SipEdge.Media;
using RtpProxy.SipEdge.Registration;
using RtpProxy.SipEdge.Transport;
using RtpProxy.SipEdge.Trust;

namespace RtpProxy.SipEdge.Proxy;

/// <summary>
/// A record-routing proxy (RFC 3261 section 16) that shows each message to the media relays as it passes. Requests other
/// than ACK have a transaction while they are under way; dialogs have no state here at all.
/// </summary>
/// <remarks>Thread-safe: each transaction is worked on by one message or timer at a time, in order of arrival.</remarks>
internal sealed partial class SipProxy : IMessageSink, IDisposable
{
    // An answer to somebody who may not be there is not much larger than the question: it may go to a third.
    private const int MaxGrowth = 500;

    private readonly Gatekeeper _gate;
    private readonly HopMarks _marks;
    private readonly DialogSeals _seals;
    private readonly MediaAnchor _anchor;
    private readonly TransactionTable _transactions;
    private readonly Registrar _registrar;
    private readonly EdgeCounters _counters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly int _maxUnderWay;
    private ISipSender _sender = null!; // Set by Attach, before anything is received.
    private TargetResolver _resolver = null!;
    private EdgeState _state;
    private int _underWay;

    public SipProxy(EdgeState state, EdgeCounters counters, TimeProvider time, ILogger logger)
    {
        _state = state;
        _counters = counters;
        _time = time;
        _logger = logger;
        byte[] key = state.Settings.Secret is { } secret
            ? SHA256.HashData(Encoding.UTF8.GetBytes(secret))
            : RandomNumberGenerator.GetBytes(SHA256.HashSizeInBytes);
        _registrar = new Registrar(state.Settings.Limits.Bindings, time, logger);
        _marks = new HopMarks(key);
        _seals = new DialogSeals(key);
        _gate = new Gatekeeper(new Router(_registrar), _registrar, _marks, _seals, new DigestGate(key, time), logger);
        _anchor = new MediaAnchor(counters, logger);
        _transactions = new TransactionTable(state.Settings.Limits.Transactions, state.Settings.Limits.TransactionsOfOne);
        _maxUnderWay = state.Settings.Limits.Transactions;
    }

    public int TransactionCount => _transactions.Count;

    public int BindingCount => _registrar.Count;

    public EdgeState State
    {
        get => Volatile.Read(ref _state);
        set => Volatile.Write(ref _state, value);
    }

    /// <summary>Gives the proxy the sockets that it sends by; before the first message.</summary>
    public void Attach(ISipSender sender)
    {
        _resolver = new TargetResolver(sender, Dns.GetHostAddressesAsync, _time);
        Volatile.Write(ref _sender, sender);
    }

    public void OnReceived(Flow from, byte[] message)
    {
        _counters.Count(EdgeCounter.Received);
        if (message.AsSpan().IndexOfAnyExcept("\r\n\0 "u8) < 0)
        {
            _counters.Count(EdgeCounter.Absorbed); // A keep-alive of a phone (RFC 5626 section 4.4.1, and practice).
            return;
        }

        if (from.Connection is null && IsOurs(from))
        {
            _counters.Count(EdgeCounter.DroppedOwn); // Nobody but a forger sends from our own address.
            return;
        }

        if (!SipMessage.TryParse(message, out SipMessage parsed, out ParseError error))
        {
            _counters.Count(EdgeCounter.DroppedUnreadable);
            Log.Unreadable(_logger, message.Length, from.Remote, error.ToString());
            return;
        }

        if (Volatile.Read(ref _sender) is null || Interlocked.Increment(ref _underWay) > _maxUnderWay)
        {
            Interlocked.Decrement(ref _underWay);
            _counters.Count(EdgeCounter.DroppedOverload);
            return;
        }

        _ = HandleAsync(from, parsed);
    }

    public async Task OnBrokenAsync(Flow from, byte[] head, ParseError fault)
    {
        _counters.Count(EdgeCounter.Received);
        if (SipMessage.TryParse(head, out SipMessage request, out _) && request.IsRequest)
        {
            MessageFault reason = MessageCheck.FindFault(request) ?? new MessageFault(400, "Content-Length", fault);
            await GuardAsync(() => RefuseAsync(from, request, reason), request).ConfigureAwait(false);
            return;
        }

        _counters.Count(EdgeCounter.DroppedUnreadable);
        Log.Unreadable(_logger, head.Length, from.Remote, $"the connection is closed: {fault}");
    }

    public void Dispose() => _transactions.Clear();

    private async Task HandleAsync(Flow from, SipMessage message)
    {
        await GuardAsync(() => message.IsRequest ? OnRequestAsync(from, message) : OnResponseAsync(from, message), message)
            .ConfigureAwait(false);
        Interlocked.Decrement(ref _underWay);
    }

    // A message must not take the others with it, whatever it makes us do wrong.
    private async Task GuardAsync(Func<Task> act, SipMessage message)
    {
        try
        {
            await act().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            _counters.Count(EdgeCounter.Faults);
            Log.Fault(_logger, e, PeerText.Brief($"{message.Method} of {message.CallId}"));
        }
    }

    /// <summary>Whether what is sent to an address comes back to us.</summary>
    private bool IsOurs(Flow way) =>
        Volatile.Read(ref _sender) is { } sender
        && sender.Points.Any(point =>
            point.Transport == way.Point.Transport && point.IsReachedBy(way.Remote.Address, way.Remote.Port));

    /// <summary>Answers a request of which nothing is remembered; the same request gets the same answer.</summary>
    private async ValueTask RespondAsync(SipMessage request, Flow from, int status, string reason, params IEnumerable<string> fields)
    {
        var mark = new ViaMark(from.Remote);
        byte[] answer = LocalResponse.Build(request, mark, _marks.TagOf(request), status, reason, fields);
        if (from.Connection is { } connection)
        {
            connection.TrySend(answer); // No connection is opened to tell somebody of a mistake.
        }
        else if (answer.Length <= request.Text.Length + MaxGrowth)
        {
            await _sender.SendAsync(from.To(mark.ReturnAddress(request.TopVia!)), answer).ConfigureAwait(false);
        }
    }
}
