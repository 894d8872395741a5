using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary>Every command of the protocol (control protocol, section 3).</summary>
internal static class CommandTable
{
    // In the order in which they are looked for: VF before V. The first are those of every call.
    private static readonly CommandGrammar[] All =
    [
        new UpdateGrammar(),
        new LookupGrammar(),
        new DeleteGrammar(),
        new QueryGrammar(),
        new PlayGrammar(),
        new NoPlayGrammar(),
        new RecordGrammar(),
        new CopyGrammar(),
        new NoRecordGrammar(),
        new StatsGrammar(),
        new InfoGrammar(),
        new DeleteAllGrammar(),
        new CapabilityGrammar(),
        new VersionGrammar(),
    ];

    /// <summary>The command that a command word names; null if none.</summary>
    public static CommandGrammar? Find(ReadOnlySpan<byte> word)
    {
        foreach (CommandGrammar grammar in All)
        {
            if (grammar.IsNameOf(word))
            {
                return grammar;
            }
        }

        return null;
    }

    /// <exception cref="ArgumentException">The command is none of the protocol, or no line can say it.</exception>
    public static CommandGrammar Write(WordWriter words, Command command)
    {
        foreach (CommandGrammar grammar in All)
        {
            if (grammar.TryWrite(words, command))
            {
                return grammar;
            }
        }

        throw new ArgumentException($"{command.GetType().Name} is no command of the protocol.", nameof(command));
    }
}
