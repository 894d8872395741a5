namespace RtpProxy.SipEdge.Tests.Fuzz;

/// <summary>Replays the committed corpus: seeds that reach every rule, and each input that once broke something.</summary>
public sealed class CorpusTests
{
    private delegate void Target(ReadOnlySpan<byte> data);

    [Fact]
    public void Requests_of_the_corpus_are_read_or_refused() => Replay("Http", HttpRequestTarget.Fuzz);

    [Fact]
    public void Configurations_of_the_corpus_are_good_or_explained() => Replay("Configuration", ConfigurationTarget.Fuzz);

    // Every prefix, every byte once left out, and every byte once changed to one that means something.
    private static void Replay(string name, Target target)
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fuzz", "Corpus", name));
        files.ShouldNotBeEmpty();
        foreach (string file in files)
        {
            byte[] data = File.ReadAllBytes(file);
            target(data);
            for (int i = 0; i < data.Length; i++)
            {
                target(data.AsSpan(0, i));
                target([.. data.AsSpan(0, i), .. data.AsSpan(i + 1)]);
                byte original = data[i];
                data[i] = "\r\n\0,;:<>\"[]{}=\\ -9"u8[i % 18];
                target(data);
                data[i] = original;
            }
        }
    }
}
