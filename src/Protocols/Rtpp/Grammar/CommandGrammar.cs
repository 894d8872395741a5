using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary>A row of the <see cref="CommandTable"/>: name, shape, reader and writer of one command (control protocol, section 3).</summary>
/// <param name="name">The letters that begin the command word; in either case when read.</param>
/// <param name="minWords">Least number of words, the command word included.</param>
/// <param name="maxWords">Largest number of words.</param>
internal abstract class CommandGrammar(string name, int minWords, int maxWords)
{
    public string Name => name;

    public int MinWords => minWords;

    public int MaxWords => maxWords;

    public bool TakesModifiers { get; protected init; } = true;

    public bool TakesSubCommands { get; protected init; }

    /// <summary>The place of the from-tag, in commands that find a session by tags alone; 0 in others.</summary>
    public int FromTagIndex { get; protected init; }

    /// <summary>Reads a line whose number of words is right, and that has modifiers only if the command takes any.</summary>
    /// <returns><see cref="ErrorCode.None"/>, or the code of the error reply.</returns>
    public abstract ErrorCode Read(in CommandText text, out Command? command);

    /// <summary>Writes the command if it is of this kind; false, with nothing written, if it is not.</summary>
    public abstract bool TryWrite(WordWriter words, Command command);

    /// <summary>Whether modifiers look like those of this command from afar; not empty. What they say may still be wrong.</summary>
    public virtual bool MayHave(ReadOnlySpan<byte> modifiers) => TakesModifiers;

    /// <summary>Whether a command word begins with the name.</summary>
    public bool IsNameOf(ReadOnlySpan<byte> word)
    {
        if (word.Length < name.Length)
        {
            return false;
        }

        for (int i = 0; i < name.Length; i++)
        {
            if (Letters.Lower(word[i]) != Letters.Lower((byte)name[i]))
            {
                return false;
            }
        }

        return true;
    }
}
