namespace RtpProxy.Control.Tests.Fuzz;

/// <summary>Replays the committed corpus: seeds that reach every rule, and each input that once broke something.</summary>
public sealed class CorpusTests
{
    private delegate void Target(ReadOnlySpan<byte> data);

    [Fact]
    public void Commands_of_the_corpus_are_answered() => Replay("CommandParser", CommandParserTarget.Fuzz);

    [Fact]
    public void Datagrams_of_the_corpus_are_answered() => Replay("Datagram", DatagramTarget.Fuzz);

    [Fact]
    public void Replies_of_the_corpus_are_read() => Replay("Reply", ReplyTarget.Fuzz);

    private static void Replay(string name, Target target)
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fuzz", "Corpus", name));
        files.ShouldNotBeEmpty();
        foreach (string file in files)
        {
            byte[] data = File.ReadAllBytes(file);
            target(data);
            for (int length = 0; length < data.Length; length++)
            {
                target(data.AsSpan(0, length));
            }
        }
    }
}
