using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.RtppFront.Handlers;

namespace RtpProxy.Protocols.RtppFront;

/// <summary>Which handler carries out which command.</summary>
internal static class CommandHandlers
{
    public static ICommandHandler Of(Command command, in CommandSetting setting) => command switch
    {
        VersionCommand version => new VersionHandler(version, setting),
        UpdateCommand update => new UpdateHandler(update, setting),
        LookupCommand lookup => new LookupHandler(lookup, setting),
        DeleteCommand delete => new DeleteHandler(delete, setting),
        DeleteAllCommand => new DeleteAllHandler(setting),
        PlayCommand play => new PlayHandler(play, setting),
        NoPlayCommand noPlay => new NoPlayHandler(noPlay, setting),
        RecordCommand record => new RecordHandler(record, setting),
        CopyCommand copy => new CopyHandler(copy, setting),
        NoRecordCommand noRecord => new NoRecordHandler(noRecord, setting),
        QueryCommand query => new QueryHandler(query, setting),
        StatsCommand stats => new StatsHandler(stats, setting),
        InfoCommand info => new InfoHandler(info, setting),
        _ => throw new System.Diagnostics.UnreachableException($"No handler for {command.GetType().Name}."),
    };
}
