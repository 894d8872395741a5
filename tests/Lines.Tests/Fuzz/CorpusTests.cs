namespace RtpProxy.Lines.Tests.Fuzz;

/// <summary>Replays the committed corpus, every prefix of it, and the same mutations in every run.</summary>
public sealed class CorpusTests
{
    private const int MutationsPerFile = 300;

    [Fact]
    public void Streams_of_the_corpus_are_cut_into_lines()
    {
        string[] files = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Fuzz", "Corpus", "LineReader"));
        files.ShouldNotBeEmpty();
        foreach (string file in files)
        {
            byte[] data = File.ReadAllBytes(file);
            for (int length = 0; length <= data.Length; length++)
            {
                LineReaderTarget.Fuzz(data.AsSpan(0, length));
            }

            var random = new Random(data.Length);
            for (int i = 0; i < MutationsPerFile; i++)
            {
                byte[] mutated = [.. data];
                for (int flips = random.Next(1, 6); flips > 0; flips--)
                {
                    mutated[random.Next(mutated.Length)] = (byte)(random.Next(3) == 0 ? '\n' : random.Next(256));
                }

                LineReaderTarget.Fuzz(mutated);
            }
        }
    }
}
