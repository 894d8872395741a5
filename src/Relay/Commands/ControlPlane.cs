using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Relay.Notices;
using RtpProxy.Relay.Playback;
using RtpProxy.Relay.Recording;

namespace RtpProxy.Relay.Commands;

/// <summary>
/// The front desk of the relay: parses each command, counts it, finds the worker that owns its call, and starts its run.
/// Shared by all control sockets.
/// </summary>
/// <remarks>Thread-safe; takes no locks.</remarks>
public sealed class ControlPlane
{
    private readonly CommandParser _parser;
    private readonly CommandContext _context;
    private readonly CommandCounters _counters = new();

    public ControlPlane(
        CommandParser parser,
        ILocalAddressBook addresses,
        RelayOptions options,
        int workerCount,
        INoticeBoard notices,
        IRecordingStore recordings,
        IPromptLibrary prompts,
        INameResolver names)
    {
        _parser = parser;
        _context = new CommandContext(_counters)
        {
            Addresses = addresses,
            Options = options,
            WorkerCount = workerCount,
            Notices = notices,
            Recordings = recordings,
            Prompts = prompts,
            Names = names,
        };
    }

    /// <summary>True once <see cref="BeginDrain"/> was called.</summary>
    public bool IsDraining => _context.IsDraining;

    /// <summary>Slow shutdown (control protocol, section 8.2): from now on no session is created. It cannot be undone.</summary>
    public void BeginDrain() => _context.IsDraining = true;

    /// <summary>The worker that owns a call: always the same, so that all its media lines live together.</summary>
    public int WorkerOf(string callId) => _context.WorkerOf(callId);

    /// <summary>Parses one command and starts it. A malformed one comes back finished, with its error as reply.</summary>
    /// <param name="line">The command without cookie; borrowed for the call.</param>
    /// <param name="cookie">The cookie of a datagram, which then begins the reply; empty on streams. Borrowed.</param>
    public CommandRun Begin(ReadOnlySpan<byte> line, ReadOnlySpan<byte> cookie, in CommandOrigin origin)
    {
        long number = _counters.CountReceived();
        ErrorCode error = _parser.TryParse(line, out Command? command);
        if (command is UpdateCommand update)
        {
            error = NotifyForms.Read(update, origin, _context.Notices, out UpdateCommand meant);
            command = meant;
        }

        return error == ErrorCode.None
            ? Begin(command!, cookie, origin, number)
            : new CommandRun(cookie, _counters, (ref r) => Step.Fail(ref r, error));
    }

    /// <summary>Counts a datagram that was answered from the reply cache (<c>ncmds_rcvd_ndups</c>).</summary>
    public void CountRepeat() => _counters.CountRepeated();

    private CommandRun Begin(Command command, ReadOnlySpan<byte> cookie, CommandOrigin origin, long number) =>
        command is VersionCommand version
            ? new CommandRun(cookie, _counters, (ref r) => VersionReply.Write(version, _context, ref r))
            : new CommandRun(cookie, _counters, StepsOf(command, origin, number));

    private ICommandSteps StepsOf(Command command, CommandOrigin origin, long number) => command switch
    {
        UpdateCommand update => new UpdateSteps(update, origin, number, _context),
        LookupCommand lookup => new LookupSteps(lookup, _context),
        DeleteCommand delete => new DeleteSteps(delete, _context),
        QueryCommand query => new QuerySteps(query, _context),
        PlayCommand play => new PlaySteps(play, _context),
        NoPlayCommand noPlay => new NoPlaySteps(noPlay, _context),
        RecordCommand record => new RecordSteps(record, _context),
        NoRecordCommand noRecord => new NoRecordSteps(noRecord, _context),
        CopyCommand copy when CopyTarget.IsHost(copy.Target) => new CopyToHostSteps(copy, _context),
        CopyCommand copy => new CopyToFileSteps(copy, _context),
        DeleteAllCommand => new DeleteAllSteps(number, _context),
        StatsCommand stats => new StatsSteps(stats, _context),
        InfoCommand info => new InfoSteps(info, _context),
        _ => throw new System.Diagnostics.UnreachableException($"No steps for {command.Kind}."),
    };
}
