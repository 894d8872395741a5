using System.Net;
using System.Text;
using RtpProxy.Controller.Diagnostics;
using RtpProxy.Controller.Relays.Transports;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Controller.Relays;

/// <summary>
/// Asks one rtpproxy node over its control socket. Any number of commands may be under way at the same time; each gets
/// its own reply or its own failure, whatever the node sends late, twice or garbled.
/// </summary>
/// <remarks>
/// Thread-safe; never blocks a thread. Opens its socket with the first command and again after every loss. Does not
/// disable itself: that is the business of a set (<see cref="RelaySets"/>).
/// </remarks>
public sealed class RelayClient : IRelay, IAsyncDisposable
{
    // The listen backlog of a daemon is 32 (control protocol, section 1.2); one connection per command must not fill it.
    private const int MaxUnixConnections = 24;

    private readonly IRelayTransport _transport;
    private readonly int _maxInFlight;
    private readonly SemaphoreSlim _turns;
    private readonly TimeProvider _time;
    private volatile RelayCapabilities _capabilities;
    private volatile bool _isDisposed;

    public RelayClient(RelayAddress address, RelayClientOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        Address = address;
        Options = options ?? RelayClientOptions.Default;
        _time = time ?? TimeProvider.System;
        _transport = address.Transport switch
        {
            RelayTransport.Udp or RelayTransport.Udp6 => new UdpTransport(address, Options, _time),
            RelayTransport.Unix => new UnixTransport(address, Options, _time),
            _ => new StreamTransport(address, Options, _time),
        };
        _maxInFlight = address.Transport == RelayTransport.Unix
            ? Math.Min(Options.MaxInFlight, MaxUnixConnections)
            : Options.MaxInFlight;
        _turns = new SemaphoreSlim(_maxInFlight);
    }

    public RelayAddress Address { get; }

    public RelayClientOptions Options { get; }

    /// <summary>The address as written.</summary>
    public string Name => Address.Url;

    /// <inheritdoc/>
    public IPAddress? Host => !Address.IsUnix && IPAddress.TryParse(Address.Host, out IPAddress? host) ? host : null;

    /// <summary>What the last <see cref="ProbeAsync"/> found; none before the first.</summary>
    public RelayCapabilities Capabilities => _capabilities;

    /// <summary>Commands that await their replies now; those that wait for their turn are not among them.</summary>
    internal int InFlight => _maxInFlight - _turns.CurrentCount;

    /// <inheritdoc/>
    public ValueTask<RelayReply> SendAsync(Command command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        string line;
        try
        {
            line = CommandWriter.ToLine(command);
        }
        catch (ArgumentException)
        {
            // The words come from SIP messages: one that no command can say is the peer's doing, not a fault of ours.
            return ValueTask.FromResult(RelayReply.Failed(RelayFailure.Unwritable));
        }

        return MeasureAsync(CommandMeasure.NameOf(command), command.CallId, Encoding.Latin1.GetBytes(line), cancellationToken);
    }

    /// <summary>Sends a command as a person typed it, without cookie and line end. Programs use <see cref="SendAsync"/>.</summary>
    /// <param name="command">One line; Latin-1, one character for each byte.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public ValueTask<RelayReply> SendTextAsync(string command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        bool writable = command.Length is > 0 and <= CommandLimits.MaxLength
            && !command.AsSpan().ContainsAny("\0\r\n")
            && !command.AsSpan().ContainsAnyExceptInRange('\u0000', '\u00ff');
        return writable
            ? MeasureAsync("typed", null, Encoding.Latin1.GetBytes(command), cancellationToken)
            : ValueTask.FromResult(RelayReply.Failed(RelayFailure.Unwritable));
    }

    /// <summary>Asks <c>V</c> and <c>VF</c> in the module's order, and remembers what the node can do.</summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async ValueTask<RelayProbe> ProbeAsync(CancellationToken cancellationToken = default)
    {
        RelayProbe probe = await RelayProbe.RunAsync(this, cancellationToken).ConfigureAwait(false);
        _capabilities = probe.Capabilities;
        return probe;
    }

    /// <summary>Closes the socket. Commands under way, and later ones, end as unreachable.</summary>
    public async ValueTask DisposeAsync()
    {
        _isDisposed = true;
        await _transport.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<RelayReply> MeasureAsync(string name, string? callId, byte[] command, CancellationToken cancellationToken)
    {
        CommandMeasure measure = CommandMeasure.Begin(Address, name, callId);
        try
        {
            RelayReply reply = await ExchangeAsync(command, cancellationToken).ConfigureAwait(false);
            measure.End(reply);
            return reply;
        }
        catch (OperationCanceledException)
        {
            measure.EndCancelled();
            cancellationToken.ThrowIfCancellationRequested(); // The token that the caller knows.
            throw;
        }
    }

    private async ValueTask<RelayReply> ExchangeAsync(byte[] command, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_isDisposed)
        {
            return RelayReply.Failed(RelayFailure.Unreachable);
        }

        if (!await TakeTurnAsync(cancellationToken).ConfigureAwait(false))
        {
            return RelayReply.Failed(RelayFailure.Busy);
        }

        try
        {
            return await _transport.ExchangeAsync(command, cancellationToken).ConfigureAwait(false);
        }
        catch (ObjectDisposedException)
        {
            return RelayReply.Failed(RelayFailure.Unreachable);
        }
        finally
        {
            _turns.Release();
        }
    }

    private async ValueTask<bool> TakeTurnAsync(CancellationToken cancellationToken)
    {
        if (_turns.Wait(0, CancellationToken.None))
        {
            return true;
        }

        using var limit = new CancellationTokenSource(Options.ReplyTimeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _turns.WaitAsync(either.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
