using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using RtpProxy.Controller.Agreements;
using RtpProxy.Controller.Offers;
using RtpProxy.Controller.Relays;
using RtpProxy.Controller.Sdp;
using RtpProxy.Lines;
using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Sip;

namespace RtpProxy.Controller;

/// <summary>The controller itself: commands relays over their control sockets for calls that its program names.</summary>
/// <remarks>
/// Of calls only what their last offer replaced is kept (<see cref="AgreedMedia"/>, bounded), so that it can be taken back. Owns nothing
/// that must be disposed: the relays are the caller's.
/// </remarks>
public sealed class RtpProxyController : IRtpProxyController
{
    private const int UntilStopped = -1;
    private const int MaxCopyPort = 65_534; // RTCP is copied to the next one.

    /// <param name="relays">The relays, such as <see cref="RelaySets"/>.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="logger">Gets a line for each offer or answer that could not be relayed, or went to another relay; null for none.</param>
    /// <param name="time">For <see cref="CallMediaOptions.TotalTimeout"/>; null for the system's.</param>
    /// <param name="agreed">What is remembered of calls; null for a memory of its own.</param>
    public RtpProxyController(
        IRelaySelector relays,
        CallMediaOptions? options = null,
        ILogger<RtpProxyController>? logger = null,
        TimeProvider? time = null,
        AgreedMedia? agreed = null)
    {
        ArgumentNullException.ThrowIfNull(relays);
        Operations = new MediaOperations(
            relays,
            options ?? new CallMediaOptions(),
            time ?? TimeProvider.System,
            agreed ?? new AgreedMedia(),
            logger ?? NullLogger<RtpProxyController>.Instance);
    }

    internal MediaOperations Operations { get; }

    /// <inheritdoc/>
    public ValueTask<SdpResult> OfferAsync(
        MediaCall call, string sdp, SdpOptions? options = null, CancellationToken cancellationToken = default) =>
        RelayAsync(MediaAction.Offer, call, sdp, options ?? SdpOptions.Default, cancellationToken);

    /// <inheritdoc/>
    public ValueTask<SdpResult> AnswerAsync(
        MediaCall call, string sdp, SdpOptions? options = null, CancellationToken cancellationToken = default) =>
        RelayAsync(MediaAction.Answer, call, sdp, options ?? SdpOptions.Default, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<CallResult> TakeBackAsync(MediaCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        MediaResult result = await Operations
            .TakeBackAsync(call.Identity, call.Set, OfferOf(call), cancellationToken).ConfigureAwait(false);
        return new CallResult(result.Outcome, result.Reason) { Relay = result.Relay };
    }

    /// <inheritdoc/>
    public ValueTask<CallResult> DeleteAsync(MediaCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        Operations.Forget(call.Identity);
        return CommandAsync(call, ControlCommands.Delete(call.Identity, MediaFlags.None), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<StatisticsResult> QueryAsync(MediaCall call, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        QueryCommand query = ControlCommands.Query(call.Identity, MediaParty.From);
        (MediaResult result, RelayReply? reply) = await Operations
            .AskAsync(MediaAction.None, call.Identity, call.Set, query, RelayCapabilities.None, cancellationToken).ConfigureAwait(false);
        CallResult read = Read(query, result, reply);
        CallStatistics? counters = read.IsDone ? CallStatistics.TryParse(reply!.Value.Text, fromPartyIsFirst: true) : null;
        MediaOutcome outcome = read.IsDone && counters is null ? MediaOutcome.Failed : read.Outcome;
        string reason = outcome == MediaOutcome.Failed && read.IsDone ? "the relay answered no counters" : read.Reason;
        return new StatisticsResult(outcome, reply is { IsReply: true } ? reply.Value.Text : null, counters, reason);
    }

    /// <inheritdoc/>
    public ValueTask<CallResult> PlayAsync(
        MediaCall call, MediaParty listener, string prompt, int count = 1, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentException.ThrowIfNullOrEmpty(prompt);
        if (count is 0 or < UntilStopped)
        {
            throw new ArgumentOutOfRangeException(nameof(count), count, "expected 1 or more, or -1 until stopped");
        }

        return CommandAsync(
            call, ControlCommands.Play(call.Identity, listener, prompt, count), cancellationToken, RelayCapabilities.CodecLists);
    }

    /// <inheritdoc/>
    public ValueTask<CallResult> StopPlayingAsync(
        MediaCall call, MediaParty listener, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return CommandAsync(call, ControlCommands.StopPlaying(call.Identity, listener), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<CallResult> RecordAsync(MediaCall call, MediaParty speaker, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return CommandAsync(call, ControlCommands.Record(call.Identity, speaker), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<CallResult> CopyAsync(
        MediaCall call, MediaParty speaker, IPEndPoint receiver, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(receiver);
        IPAddress address = receiver.Address.IsIPv4MappedToIPv6 ? receiver.Address.MapToIPv4() : receiver.Address;
        if (address.AddressFamily != AddressFamily.InterNetwork || receiver.Port is < 1 or > MaxCopyPort)
        {
            return ValueTask.FromResult(new CallResult(
                MediaOutcome.Failed, $"a relay cannot copy to {receiver}; expected an IPv4 address and a port from 1 to {MaxCopyPort}"));
        }

        string target = string.Create(CultureInfo.InvariantCulture, $"udp:{address}:{receiver.Port}");
        return CommandAsync(call, ControlCommands.Copy(call.Identity, speaker, target), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<CallResult> StopRecordingAsync(
        MediaCall call, MediaParty speaker, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(call);
        return CommandAsync(call, ControlCommands.StopRecording(call.Identity, speaker), cancellationToken);
    }

    // A party has one offer open at a time (RFC 3264 section 4): its tag is name enough.
    private static TransactionId OfferOf(MediaCall call) => new(call.FromTag, 0);

    private async ValueTask<SdpResult> RelayAsync(
        MediaAction action, MediaCall call, string sdp, SdpOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(sdp);
        bool isAnswer = action == MediaAction.Answer;
        if (FaultOf(call, isAnswer) is { } fault)
        {
            return new SdpResult(MediaOutcome.Failed, null, fault) { Refusal = MediaRefusal.Malformed(fault) };
        }

        var request = new ExchangeRequest
        {
            Action = action,
            Call = call.Identity,
            Tags = new TagOrder(call.FromTag, call.ToTag),
            BeginsCall = !isAnswer && (options.BeginsCall ?? call.ToTag is null),
            Transaction = OfferOf(call),
            Sdp = SdpBodies.FindIn(sdp),
            Text = sdp,
            Terms = options.TermsFor(call),
        };
        bool answersRelayed = isAnswer && Operations.HasOffer(request.Call, OfferOf(call));
        ExchangeStart start = ExchangeStart.Prepare(request, Operations.Options);
        MediaResult result = await Operations.RelayAsync(action, start, answersRelayed, cancellationToken).ConfigureAwait(false);
        if (result.IsDone && isAnswer && !options.IsProvisional)
        {
            await Operations.AgreeAsync(request.Call, call.Set, OfferOf(call), cancellationToken).ConfigureAwait(false);
        }

        return new SdpResult(result.Outcome, Passing(sdp, result), result.Reason)
        {
            Relay = result.Relay,
            Refusal = result.Refusal,
            AnswersRelayedOffer = result.AnswersRelayedOffer,
        };
    }

    // Peers write all three: what one of them leaves out is no fault of the program.
    private static string? FaultOf(MediaCall call, bool isAnswer) => call switch
    {
        { CallId.Length: 0 } => "the call has no Call-ID",
        { FromTag.Length: 0 } => "the call has no From tag",
        { ToTag: null } when isAnswer => "an answer needs the tag of the party that answers",
        _ => null,
    };

    private static string? Passing(string sdp, MediaResult result)
    {
        switch (result.Outcome)
        {
            case MediaOutcome.Done:
                var changes = new SpliceList();
                changes.AddRange(result.Changes);
                return changes.ApplyTo(sdp);
            case MediaOutcome.AlreadyRelayed:
                return sdp;
            default:
                return null;
        }
    }

    private async ValueTask<CallResult> CommandAsync(
        MediaCall call, Command? command, CancellationToken cancellationToken, RelayCapabilities needed = RelayCapabilities.None)
    {
        if (command is null)
        {
            return new CallResult(MediaOutcome.Failed, "that party has no tag yet");
        }

        (MediaResult result, RelayReply? reply) = await Operations
            .AskAsync(MediaAction.None, call.Identity, call.Set, command, needed, cancellationToken).ConfigureAwait(false);
        return Read(command, result, reply);
    }

    private static CallResult Read(Command command, MediaResult result, RelayReply? reply)
    {
        if (reply is not { } came)
        {
            return new CallResult(result.Outcome, result.Reason) { Relay = result.Relay };
        }

        if (!came.IsReply)
        {
            return new CallResult(MediaOutcome.NoRelay, $"{result.Relay}: {FailureText.Of(came)}") { Relay = result.Relay };
        }

        if (MediaReply.ErrorOf(came.Text) is not { } error)
        {
            bool isAnswer = command is QueryCommand || (Reply.TryParse(came.Text, out Reply? answer) && answer is { IsZero: true });
            return isAnswer
                ? new CallResult(MediaOutcome.Done) { Relay = result.Relay }
                : new CallResult(MediaOutcome.Failed, $"the relay replied {PeerText.Brief(came.Text.Trim())}") { Relay = result.Relay };
        }

        // What shall end has ended.
        bool isGone = command is DeleteCommand && error == (int)ErrorCode.UnknownSession;
        return new CallResult(isGone ? MediaOutcome.Done : MediaOutcome.Failed, isGone ? "" : Refused(error))
        {
            Relay = result.Relay,
            ErrorNumber = error,
        };
    }

    private static string Refused(int error) => (ErrorCode)error switch
    {
        ErrorCode.UnknownSession => "the relay knows no such session",
        { } known when Enum.IsDefined(known) => $"the relay refused with E{error} ({known})",
        _ => string.Create(CultureInfo.InvariantCulture, $"the relay refused with E{error}"),
    };
}
