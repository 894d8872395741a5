using System.Text;
using RtpProxy.Protocols.Rtpp.Commands;
using RtpProxy.Protocols.Rtpp.Parsing;

namespace RtpProxy.Protocols.Rtpp.Writing;

/// <summary>Puts words on a command line, refusing those that the daemon would not read back as they are.</summary>
/// <remarks>Owned by one call of <see cref="CommandWriter"/>.</remarks>
internal sealed class WordWriter
{
    private readonly StringBuilder _line = new();
    private int _words;

    public string Line => _line.ToString();

    /// <summary>The command word: letters and modifiers that the writer itself has composed.</summary>
    public void Begin(string word)
    {
        _line.Append(word);
        _words = 1;
    }

    public void BeginSubCommand(string word)
    {
        _line.Append(" && ");
        Begin(word);
    }

    /// <param name="name">What the word is, for the message of the exception.</param>
    /// <exception cref="ArgumentException">The text cannot be one word, or there are too many words.</exception>
    public void Word(string text, string name)
    {
        Check(text, name);
        if (text == "&&")
        {
            throw new ArgumentException($"The {name} is \"&&\", which starts a sub-command.", name);
        }

        if (++_words > CommandLimits.MaxWords)
        {
            throw new ArgumentException(
                $"The {name} is one word too many: a command has at most {CommandLimits.MaxWords}.",
                name);
        }

        _line.Append(' ').Append(text);
    }

    public void OptionalWord(string? text, string name)
    {
        if (text is not null)
        {
            Word(text, name);
        }
    }

    public void Remote(RemoteMedia remote)
    {
        Word(remote.AddressText, nameof(remote.AddressText));
        Word(remote.PortText, nameof(remote.PortText));
    }

    public void Tags(string fromTag, string? toTag)
    {
        Word(fromTag, nameof(DeleteCommand.FromTag));
        OptionalWord(toTag, nameof(DeleteCommand.ToTag));
    }

    public void All(IReadOnlyList<string> texts, string name)
    {
        foreach (string text in texts)
        {
            Word(text, name);
        }
    }

    /// <exception cref="ArgumentException">The text is empty or holds a separator, a NUL, or a character beyond Latin-1.</exception>
    public static void Check(string text, string name)
    {
        if (string.IsNullOrEmpty(text))
        {
            throw new ArgumentException($"The {name} is empty; a word has at least one character.", name);
        }

        foreach (char character in text)
        {
            if (Separators.IsSeparator(character) || character is '\0' or > '\xFF')
            {
                throw new ArgumentException(
                    $"The {name} holds U+{(int)character:X4}; a word is Latin-1 without space, tab, LF, CR and NUL.",
                    name);
            }
        }
    }
}
