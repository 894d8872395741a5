using RtpProxy.Controller.Offers;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Sip;

namespace RtpProxy.Controller;

public sealed partial class CallMedia
{
    /// <summary>
    /// <c>rtpproxy_destroy</c>, <c>unforce_rtp_proxy</c>: ends all media of the call. Done whatever the node replies;
    /// it ends sessions without media by itself.
    /// </summary>
    /// <param name="message">A message of the call.</param>
    /// <param name="context">What is known beside its text.</param>
    /// <param name="flags">1, 2, 3, b and t count; the flags of offers are accepted and ignored.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async ValueTask<MediaResult> DestroyAsync(
        SipMessage message, MessageContext context, MediaFlags? flags = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(context);
        flags ??= MediaFlags.None;
        if (!CallIdentity.TryRead(message, flags, context.ExtraId, out CallIdentity call, out string reason))
        {
            return new MediaResult(MediaAction.Destroy, MediaOutcome.Failed, reason);
        }

        _operations.Forget(call);
        return await CommandAsync(MediaAction.Destroy, call, context, ControlCommands.Delete(call, flags), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary><c>rtpproxy_stream2uac</c>: plays a prompt to the party in From.</summary>
    /// <inheritdoc cref="StreamToUasAsync"/>
    public ValueTask<MediaResult> StreamToUacAsync(
        SipMessage message, MessageContext context, string prompt, int count, CancellationToken cancellationToken = default) =>
        StreamAsync(message, context, MediaParty.From, prompt, count, cancellationToken);

    /// <summary><c>rtpproxy_stream2uas</c>: plays a prompt to the party in To.</summary>
    /// <param name="message">A message of the call, whose session must exist.</param>
    /// <param name="context">What is known beside its text.</param>
    /// <param name="prompt">The file's name on the node, without the payload type at its end.</param>
    /// <param name="count">How often; -1 until stopped.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public ValueTask<MediaResult> StreamToUasAsync(
        SipMessage message, MessageContext context, string prompt, int count, CancellationToken cancellationToken = default) =>
        StreamAsync(message, context, MediaParty.To, prompt, count, cancellationToken);

    /// <summary><c>rtpproxy_stop_stream2uac</c>: stops the prompt that the party in From hears.</summary>
    public ValueTask<MediaResult> StopStreamToUacAsync(
        SipMessage message, MessageContext context, CancellationToken cancellationToken = default) =>
        StopStreamAsync(message, context, MediaParty.From, cancellationToken);

    /// <summary><c>rtpproxy_stop_stream2uas</c>: stops the prompt that the party in To hears.</summary>
    public ValueTask<MediaResult> StopStreamToUasAsync(
        SipMessage message, MessageContext context, CancellationToken cancellationToken = default) =>
        StopStreamAsync(message, context, MediaParty.To, cancellationToken);

    /// <summary><c>start_recording</c>: records what the sender of the message sends from now on.</summary>
    public async ValueTask<MediaResult> StartRecordingAsync(
        SipMessage message, MessageContext context, CancellationToken cancellationToken = default)
    {
        if (!TryReadCall(message, context, out CallIdentity call, out MediaResult? failure))
        {
            return failure!;
        }

        return ControlCommands.Record(message, call) is { } record
            ? await CommandAsync(MediaAction.None, call, context, record, cancellationToken).ConfigureAwait(false)
            : Failed("the reply has no To tag");
    }

    /// <summary>
    /// <c>$rtpstat</c>, <c>$rtppstat</c>: the counters of the call's first medium. Each call asks the node anew.
    /// </summary>
    public async ValueTask<StatisticsResult> StatisticsAsync(
        SipMessage message, MessageContext context, CancellationToken cancellationToken = default)
    {
        if (!TryReadCall(message, context, out CallIdentity call, out MediaResult? failure))
        {
            return new StatisticsResult(failure!.Outcome, null, null, failure.Reason);
        }

        QueryCommand query = ControlCommands.Query(message, call);
        (MediaResult result, string? text) = await AskAsync(
            MediaAction.None, call, context, query, RelayCapabilities.None, cancellationToken).ConfigureAwait(false);
        if (text is null)
        {
            return new StatisticsResult(result.IsDone ? MediaOutcome.NoRelay : result.Outcome, null, null, result.Reason);
        }

        bool fromFirst = message.IsRequest || call.ToTag is null;
        return new StatisticsResult(MediaOutcome.Done, text, CallStatistics.TryParse(text, fromFirst), "");
    }

    private async ValueTask<MediaResult> StreamAsync(
        SipMessage message,
        MessageContext context,
        MediaParty listener,
        string prompt,
        int count,
        CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(prompt);
        if (!TryReadCall(message, context, out CallIdentity call, out MediaResult? failure))
        {
            return failure!;
        }

        return ControlCommands.Play(call, listener, prompt, count) is { } play
            ? await PromptAsync(call, context, play, cancellationToken).ConfigureAwait(false)
            : Failed("the message has no To tag");
    }

    private async ValueTask<MediaResult> StopStreamAsync(
        SipMessage message, MessageContext context, MediaParty listener, CancellationToken cancellationToken)
    {
        if (!TryReadCall(message, context, out CallIdentity call, out MediaResult? failure))
        {
            return failure!;
        }

        return ControlCommands.StopPlaying(call, listener) is { } stop
            ? await PromptAsync(call, context, stop, cancellationToken).ConfigureAwait(false)
            : Failed("the message has no To tag");
    }

    // A node without codec lists does not know what the word "session" stands for.
    private async ValueTask<MediaResult> PromptAsync(
        CallIdentity call, MessageContext context, Command command, CancellationToken cancellationToken)
    {
        (MediaResult result, _) = await AskAsync(
            MediaAction.None, call, context, command, RelayCapabilities.CodecLists, cancellationToken).ConfigureAwait(false);
        return result;
    }

    private async ValueTask<MediaResult> CommandAsync(
        MediaAction action, CallIdentity call, MessageContext context, Command command, CancellationToken cancellationToken)
    {
        (MediaResult result, _) =
            await AskAsync(action, call, context, command, RelayCapabilities.None, cancellationToken).ConfigureAwait(false);
        return result;
    }

    // Any reply will do, and so will none.
    private async ValueTask<(MediaResult Result, string? Reply)> AskAsync(
        MediaAction action,
        CallIdentity call,
        MessageContext context,
        Command command,
        RelayCapabilities needed,
        CancellationToken cancellationToken)
    {
        (MediaResult result, RelayReply? reply) = await _operations
            .AskAsync(action, call, context.Set, command, needed, cancellationToken).ConfigureAwait(false);
        return (result, reply is { IsReply: true } came ? came.Text : null);
    }

    private static bool TryReadCall(
        SipMessage message, MessageContext context, out CallIdentity call, out MediaResult? failure)
    {
        ArgumentNullException.ThrowIfNull(message);
        ArgumentNullException.ThrowIfNull(context);
        bool isRead = CallIdentity.TryRead(message, MediaFlags.None, null, out call, out string reason);
        failure = isRead ? null : Failed(reason);
        return isRead;
    }

    private static MediaResult Failed(string reason) => new(MediaAction.None, MediaOutcome.Failed, reason);
}
