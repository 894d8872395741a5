using System.Net;
using FsCheck;
using FsCheck.Fluent;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.SubCommands;

namespace RtpProxy.Protocols.Rtpp.Tests.Writing;

/// <summary>Generators of commands that a controller can send to a bridging daemon.</summary>
internal static class Commands
{
    private static readonly Gen<char> WordCharacters =
        Gen.Choose(1, 255).Select(value => (char)value).Where(c => c is not (' ' or '\t' or '\r' or '\n'));

    private static readonly Gen<string> Word =
        WordCharacters.NonEmptyListOf().Select(list => new string([.. list])).Where(word => word != "&&");

    private static readonly Gen<bool> Flag = Gen.Elements(true, false);

    private static readonly Gen<string?> OptionalWord = Optional(Word);

    private static readonly Gen<IPAddress> IPv4 =
        Gen.Choose(0, 255).Select(value => (byte)value).ArrayOf(4).Select(bytes => new IPAddress(bytes));

    private static readonly Gen<IPAddress> IPv6 =
        Gen.Elements((byte)0, (byte)0xFF, (byte)0x20, (byte)1).ArrayOf(16).Select(bytes => new IPAddress(bytes));

    private static readonly Gen<LocalSelector?> Selector = Gen.OneOf(
        Gen.Constant((LocalSelector?)null),
        Gen.OneOf(IPv4, IPv6).Select(address => (LocalSelector?)new LocalSelector.Literal(address)),
        Gen.Constant((LocalSelector?)new LocalSelector.Labelled("one")),
        Gen.Elements("127.0.0.1", "::1").Select(text => (LocalSelector?)new LocalSelector.RouteTo(IPAddress.Parse(text))));

    private static readonly Gen<LegModifiers> Modifiers =
        from asymmetric in Gen.Elements<bool?>(true, false, null)
        from flags in Flag.ArrayOf(3)
        from directions in Gen.Elements<Direction>(Direction.Internal, Direction.External).ArrayOf()
        from ptime in Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(1, 999).Select(value => (int?)value))
        from codecs in Optional(Gen.Elements("0", "0,8,101", ",", "96,,"))
        from local in Selector
        select new LegModifiers(
            asymmetric,
            flags[0],
            flags[1],
            directions.Length > 0 ? directions[0] : null,
            directions.Length > 1 ? directions[1] : null,
            flags[2],
            ptime,
            codecs,
            local);

    private static readonly Gen<int> Port = Gen.Choose(0, 65535);

    private static readonly Gen<SubCommand> AnySubCommand = Gen.OneOf(
        Flag.Select(weak => (SubCommand)new DeleteSubCommand(weak)),
        from seconds in Gen.Choose(1, int.MaxValue) from outgoing in Flag select (SubCommand)new SetTtlSubCommand(seconds, outgoing),
        from tos in Gen.Choose(1, 255) from outgoing in Flag select (SubCommand)new SetTosSubCommand((byte)tos, outgoing),
        from tag in Gen.Choose(0, 255).Select(value => (byte)value).NonEmptyListOf()
        from payloadType in Gen.OneOf(Gen.Choose(0, 127), Gen.Constant(101))
        from hide in Flag
        from instance in Gen.OneOf(Gen.Constant(1), Gen.Choose(1, int.MaxValue))
        select (SubCommand)new DigitSubCommand(new DigitRequest([.. tag], (byte)payloadType, hide), instance));

    private static readonly Gen<SubCommand> DualLegSubCommand = Gen.OneOf(
        AnySubCommand,
        from call in Word from fromTag in Word from toTag in Word select (SubCommand)new ForkSubCommand(call, fromTag, toTag),
        from modifiers in Modifiers from remote in Remote(modifiers) select (SubCommand)new LookupSubCommand(remote, modifiers));

    public static Gen<Command> Any { get; } = Gen.OneOf(
        OptionalWord.Select(date => (Command)new VersionCommand(date)),
        Update,
        Lookup,
        from key in Key from weak in Flag select (Command)new DeleteCommand(key.Call, key.FromTag, key.ToTag, weak),
        from key in Key
        from prompt in Word
        from codecs in Word
        from count in Gen.Choose(int.MinValue, int.MaxValue)
        select (Command)new PlayCommand(key.Call, prompt, codecs, key.FromTag, key.ToTag, count),
        Key.Select(key => (Command)new NoPlayCommand(key.Call, key.FromTag, key.ToTag)),
        from key in Key from single in Flag select (Command)new RecordCommand(key.Call, key.FromTag, key.ToTag, single),
        from key in Key
        from target in Word
        from single in Flag
        from report in Flag
        select (Command)new CopyCommand(key.Call, target, key.FromTag, key.ToTag, single, report),
        from key in Key from both in Flag select (Command)new NoRecordCommand(key.Call, key.FromTag, key.ToTag, both),
        Query,
        from names in Word.ListOf() from verbose in Flag select (Command)new StatsCommand([.. names.Take(22)], verbose),
        from brief in Flag from load in Flag select (Command)new InfoCommand(brief, load),
        Gen.Constant((Command)new DeleteAllCommand()));

    private static Gen<(string Call, string FromTag, string? ToTag)> Key =>
        from call in Word from fromTag in Word from toTag in OptionalWord select (call, fromTag, toTag);

    private static Gen<Command> Update =>
        from key in Key
        from modifiers in Modifiers
        from remote in Remote(modifiers)
        from socket in OptionalWord
        from tag in Gen.Choose(0, 255).Select(value => (byte)value).NonEmptyListOf()
        from subCommands in (key.ToTag is null ? AnySubCommand : DualLegSubCommand).ListOf()
        select (Command)new UpdateCommand(
            key.Call,
            remote,
            key.FromTag,
            key.ToTag,
            modifiers,
            socket is null ? null : new NotifyTarget(socket, [.. tag]))
        { SubCommands = Some(subCommands) };

    private static Gen<Command> Lookup =>
        from key in Key
        from modifiers in Modifiers
        from remote in Remote(modifiers)
        from subCommands in AnySubCommand.ListOf()
        select (Command)new LookupCommand(key.Call, remote, key.FromTag, key.ToTag, modifiers) { SubCommands = Some(subCommands) };

    private static Gen<Command> Query =>
        from key in Key
        from names in Word.ListOf()
        from modifiers in Gen.Elements("", "v", "V", "z")
        from subCommands in AnySubCommand.ListOf()
        select (Command)new QueryCommand(
            key.Call,
            key.FromTag,
            key.ToTag,
            key.ToTag is null ? [] : [.. names.Take(11)],
            modifiers)
        { SubCommands = Some(subCommands) };

    private static Gen<RemoteMedia> Remote(LegModifiers modifiers) =>
        from address in modifiers.IsIPv6 ? IPv6 : IPv4
        from port in Port
        select new RemoteMedia(address, port);

    private static SubCommand[] Some(IEnumerable<SubCommand> subCommands) =>
        [.. subCommands.Take(CommandLimits.MaxSubCommands)];

    private static Gen<string?> Optional(Gen<string> text) =>
        Gen.OneOf(Gen.Constant((string?)null), text.Select(value => (string?)value));
}
