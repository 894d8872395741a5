using RtpProxy.Protocols.Rtpp;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.SubCommands;
using RtpProxy.Protocols.RtppFront.Handlers;
using RtpProxy.Relay;
using RtpProxy.Relay.Operations;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>
/// The relay's text protocol: parses each command, counts it, and starts the operation that it means. Shared by all control
/// sockets.
/// </summary>
/// <remarks>Thread-safe; takes no locks.</remarks>
public sealed class CommandDesk
{
    private readonly RelayOperations _relay;
    private readonly int _digitCatchers;
    private readonly CommandParser _parser;
    private readonly CommandCounters _counters = new();

    /// <param name="digitCatchers">Instances of catch_dtmf that sub-commands can name, 0 to <see cref="RelayOptions.MaxDigitCatchers"/>.</param>
    internal CommandDesk(IServiceNames services, RelayOperations relay, int digitCatchers)
    {
        _relay = relay;
        _digitCatchers = digitCatchers;
        _parser = new CommandParser(services);
    }

    /// <summary>Parses one command and starts it. A malformed one comes back finished, with its error as reply.</summary>
    /// <param name="line">The command without cookie; borrowed for the call.</param>
    /// <param name="cookie">The cookie of a datagram, which then begins the reply; empty on streams. Borrowed.</param>
    public CommandRun Begin(ReadOnlySpan<byte> line, ReadOnlySpan<byte> cookie, in RequestOrigin origin)
    {
        _counters.CountReceived();
        ParsedLine parsed = _parser.Parse(line);
        var addresses = new AddressAnswers(_relay.Addresses);
        ErrorCode error = addresses.Ask(parsed.Questions);
        error = error == ErrorCode.None ? parsed.Error : error;
        Command? command = parsed.Command;
        if (error == ErrorCode.None && command is UpdateCommand update)
        {
            error = NotifyForms.Read(update, origin, _relay.Notices, out UpdateCommand meant);
            command = meant;
        }

        if (error == ErrorCode.None && command!.SubCommands.Any(IsOfNoModule))
        {
            error = ErrorCode.SubCommand;
        }

        ICommandHandler handler = error == ErrorCode.None
            ? CommandHandlers.Of(command!, new CommandSetting(_relay, _counters, addresses, origin, cookie.Length))
            : new FaultHandler(error);
        return new CommandRun(cookie, _counters, handler, CommandNames.Of(parsed.Command));
    }

    /// <summary>Counts a datagram that was answered from the reply cache (<c>ncmds_rcvd_ndups</c>).</summary>
    public void CountRepeat() => _counters.CountRepeated();

    private bool IsOfNoModule(SubCommand subCommand) => subCommand is DigitSubCommand digits && digits.Instance > _digitCatchers;
}
