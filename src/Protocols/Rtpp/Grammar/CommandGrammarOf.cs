using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <inheritdoc cref="CommandGrammar"/>
internal abstract class CommandGrammar<T>(string name, int minWords, int maxWords) : CommandGrammar(name, minWords, maxWords)
    where T : Command
{
    public sealed override bool TryWrite(WordWriter words, Command command)
    {
        if (command is not T own || !IsSaidBy(own))
        {
            return false;
        }

        Write(words, own);
        return true;
    }

    /// <summary>Whether a command of the kind is written under this name, where it has several.</summary>
    protected virtual bool IsSaidBy(T command) => true;

    protected abstract void Write(WordWriter words, T command);
}
