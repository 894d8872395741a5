using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Replies;
using RtpProxy.Protocols.Rtpp.Statistics;

namespace RtpProxy.Controller.Relays;

/// <summary>The commands of the protocol with their replies read, for any node.</summary>
/// <remarks>All throw <see cref="OperationCanceledException"/> when their token is cancelled, and nothing else.</remarks>
public static class RelayCommands
{
    /// <summary><c>V</c>: the protocol version, 20040107.</summary>
    public static ValueTask<RelayAnswer<string>> VersionAsync(this IRelay relay, CancellationToken cancellationToken = default) =>
        AskAsync(relay, new VersionCommand(), Word, cancellationToken);

    /// <summary><c>VF</c>: whether the node has an extension, named by its date.</summary>
    public static ValueTask<RelayAnswer<bool>> SupportsAsync(
        this IRelay relay, string date, CancellationToken cancellationToken = default) =>
        AskAsync(relay, new VersionCommand(date), reply => reply.Words is ["0" or "1"] ? (true, reply.Words[0] == "1") : default, cancellationToken);

    /// <summary><c>U</c>: creates a session, or changes it.</summary>
    public static ValueTask<RelayAnswer<LegReply>> UpdateAsync(
        this IRelay relay, UpdateCommand command, CancellationToken cancellationToken = default) =>
        AskAsync(relay, command, Leg, cancellationToken);

    /// <summary><c>L</c>: the other leg of a session that exists.</summary>
    public static ValueTask<RelayAnswer<LegReply>> LookupAsync(
        this IRelay relay, LookupCommand command, CancellationToken cancellationToken = default) =>
        AskAsync(relay, command, Leg, cancellationToken);

    /// <summary><c>D</c>: ends sessions. Done does not mean gone: weak and strong flags may keep one alive.</summary>
    public static ValueTask<RelayAnswer<bool>> DeleteAsync(
        this IRelay relay, DeleteCommand command, CancellationToken cancellationToken = default) =>
        AskAsync(relay, command, Ok, cancellationToken);

    /// <summary><c>X</c>: ends all sessions.</summary>
    public static ValueTask<RelayAnswer<bool>> DeleteAllAsync(this IRelay relay, CancellationToken cancellationToken = default) =>
        AskAsync(relay, new DeleteAllCommand(), Ok, cancellationToken);

    /// <summary><c>P</c>: plays a prompt to the party of the from-tag.</summary>
    public static ValueTask<RelayAnswer<bool>> PlayAsync(
        this IRelay relay, PlayCommand command, CancellationToken cancellationToken = default) =>
        AskAsync(relay, command, Ok, cancellationToken);

    /// <summary><c>S</c>: stops the prompt.</summary>
    public static ValueTask<RelayAnswer<bool>> StopPlayingAsync(
        this IRelay relay, NoPlayCommand command, CancellationToken cancellationToken = default) =>
        AskAsync(relay, command, Ok, cancellationToken);

    /// <summary><c>R</c>: records what the party of the from-tag sends.</summary>
    public static ValueTask<RelayAnswer<bool>> RecordAsync(
        this IRelay relay, RecordCommand command, CancellationToken cancellationToken = default) =>
        AskAsync(relay, command, Ok, cancellationToken);

    /// <summary><c>N</c>: stops recording and copying.</summary>
    public static ValueTask<RelayAnswer<bool>> StopRecordingAsync(
        this IRelay relay, NoRecordCommand command, CancellationToken cancellationToken = default) =>
        AskAsync(relay, command, Ok, cancellationToken);

    /// <summary><c>C</c>: copies a party's media to a host or a file. The port is null unless it was asked for.</summary>
    public static ValueTask<RelayAnswer<PortReply?>> CopyAsync(
        this IRelay relay, CopyCommand command, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return AskAsync<PortReply?>(
            relay,
            command,
            reply => command.ReportPort
                ? (reply.TryGetPort(out PortReply port), port)
                : (reply.IsZero, null),
            cancellationToken);
    }

    /// <summary><c>Q</c>: counters of one session; those of the classic five when no names are given.</summary>
    /// <param name="names">At most eleven; they need a to-tag, and one is made up when the caller has none.</param>
    /// <returns>Names as the protocol spells them, with their values as text.</returns>
    public static ValueTask<RelayAnswer<IReadOnlyDictionary<string, string>>> QueryAsync(
        this IRelay relay,
        string callId,
        string fromTag,
        string? toTag = null,
        IReadOnlyList<SessionStatistic>? names = null,
        CancellationToken cancellationToken = default)
    {
        string[] words = [.. (names ?? []).Select(name => name.Text())];
        string? to = words.Length > 0 ? toTag ?? "-" : toTag;
        return AskAsync(relay, new QueryCommand(callId, fromTag, to, words, "v"), ReadNamedValues, cancellationToken);
    }

    /// <summary>
    /// <c>Q</c>: the quality of what the two parties of a session send. An older daemon, or the original, refuses the names (E62).
    /// </summary>
    /// <param name="names">At most eleven.</param>
    /// <returns>Names as the protocol spells them, with their values as text; <c>-</c> for what is not known.</returns>
    public static ValueTask<RelayAnswer<IReadOnlyDictionary<string, string>>> QueryQualityAsync(
        this IRelay relay,
        string callId,
        string fromTag,
        string? toTag,
        IReadOnlyList<QualityStatistic> names,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(names);
        string[] words = [.. names.Select(name => name.Text())];
        return AskAsync(relay, new QueryCommand(callId, fromTag, toTag ?? "-", words, "v"), ReadNamedValues, cancellationToken);
    }

    /// <summary>
    /// <c>G</c>: global counters by name. Names that the node does not know are left out of the answer: which ones those are
    /// depends on its version.
    /// </summary>
    public static ValueTask<RelayAnswer<IReadOnlyDictionary<string, string>>> CountersAsync(
        this IRelay relay, IReadOnlyList<string> names, CancellationToken cancellationToken = default) =>
        CounterReader.ReadAsync(relay, names, cancellationToken);

    /// <summary><c>I</c>: a summary of the node.</summary>
    public static ValueTask<RelayAnswer<RelaySummary>> SummaryAsync(
        this IRelay relay, CancellationToken cancellationToken = default) =>
        AskAsync(
            relay,
            new InfoCommand(),
            reply => RelaySummary.TryParse(reply.Lines) is { } summary ? (true, summary) : default,
            cancellationToken);

    internal static async ValueTask<RelayAnswer<T>> AskAsync<T>(
        IRelay relay, Command command, Func<Reply, (bool IsRead, T Value)> read, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(relay);
        RelayReply reply = await relay.SendAsync(command, cancellationToken).ConfigureAwait(false);
        if (!reply.IsReply)
        {
            return new RelayAnswer<T>(AnswerStatus.NoReply, reply);
        }

        if (!Reply.TryParse(reply.Text, out Reply? parsed) || parsed is null)
        {
            return new RelayAnswer<T>(AnswerStatus.Unintelligible, reply);
        }

        bool isUnknown = parsed.Error == ErrorCode.UnknownSession || (command is LookupCommand && parsed.IsZero);
        if (isUnknown || parsed.ErrorNumber is not null)
        {
            AnswerStatus status = isUnknown ? AnswerStatus.UnknownSession : AnswerStatus.Refused;
            return new RelayAnswer<T>(status, reply, default, parsed.ErrorNumber);
        }

        (bool isRead, T value) = read(parsed);
        return isRead
            ? new RelayAnswer<T>(AnswerStatus.Done, reply, value)
            : new RelayAnswer<T>(AnswerStatus.Unintelligible, reply);
    }

    internal static (bool IsRead, IReadOnlyDictionary<string, string> Value) ReadNamedValues(Reply reply)
    {
        if (!reply.TryGetNamedValues(out IReadOnlyList<KeyValuePair<string, string>> pairs))
        {
            return default;
        }

        var values = new NamedValues();
        foreach ((string name, string value) in pairs)
        {
            values[name] = value;
        }

        return (true, values);
    }

    private static (bool IsRead, string Value) Word(Reply reply) => reply.Words is [string word] ? (true, word) : default;

    private static (bool IsRead, bool Value) Ok(Reply reply) => (reply.IsZero, true);

    private static (bool IsRead, LegReply Value) Leg(Reply reply) =>
        reply.TryGetPort(out PortReply port) ? (true, new LegReply(port, reply.SubCommandResults)) : default;
}
