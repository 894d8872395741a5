using System.Text;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;
using RtpProxy.Protocols.Rtpp.Writing;

namespace RtpProxy.Protocols.Rtpp.Grammar;

/// <summary><c>Q[v] call_id from_tag [to_tag [stat ...]]</c> (section 3.12).</summary>
internal sealed class QueryGrammar : CommandGrammar<QueryCommand>
{
    private const int NamesBegin = 4;

    public QueryGrammar()
        : base("Q", 3, 15)
    {
        TakesSubCommands = true;
        FromTagIndex = 2;
    }

    public override ErrorCode Read(in CommandText text, out Command? command)
    {
        command = new QueryCommand(
            text.Text(1),
            text.Text(2),
            text.TextOrNull(3),
            text.TextsFrom(NamesBegin),
            Encoding.Latin1.GetString(text.Modifiers));
        return ErrorCode.None;
    }

    public override bool MayHave(ReadOnlySpan<byte> modifiers) => Letters.AreAll(modifiers, 'v');

    protected override void Write(WordWriter words, QueryCommand command)
    {
        if (command.Modifiers.Length > 0)
        {
            WordWriter.Check(command.Modifiers, nameof(command.Modifiers));
        }

        if (command.Names.Count > 0 && command.ToTag is null)
        {
            throw new ArgumentException("Names can only be asked for behind a to-tag; any text will do.", nameof(command));
        }

        if (command.Names.Count > MaxWords - NamesBegin)
        {
            throw new ArgumentException(
                $"{command.Names.Count} names are asked for; at most {MaxWords - NamesBegin} can be.", nameof(command));
        }

        words.Begin(Name + command.Modifiers);
        words.Word(command.Call, nameof(command.Call));
        words.Tags(command.FromTag, command.ToTag);
        words.All(command.Names, nameof(command.Names));
    }
}
