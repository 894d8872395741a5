namespace RtpProxy.TestKit;

/// <summary>Inputs that are committed: seeds that reach every rule, and each that once broke something.</summary>
public static class Corpus
{
    private const int MutationsPerFile = 300;

    /// <summary>Fails by an exception.</summary>
    public delegate void Target(ReadOnlySpan<byte> data);

    /// <summary>Each file of the corpus as it is, every prefix of it, and mutations.</summary>
    /// <param name="name">The directory below <c>Fuzz/Corpus</c> of the test project.</param>
    public static void Replay(string name, Target target)
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

            // The same mutations in every run: a failure can be seen again.
            var random = new Random(data.Length);
            for (int i = 0; i < MutationsPerFile; i++)
            {
                target(Mutate(data, random));
            }
        }
    }

    private static byte[] Mutate(byte[] data, Random random)
    {
        List<byte> mutated = [.. data];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = random.Next(mutated.Count + 1);
            switch (random.Next(3))
            {
                case 0:
                    mutated.Insert(at, (byte)random.Next(256));
                    break;
                case 1 when at < mutated.Count:
                    mutated.RemoveAt(at);
                    break;
                default:
                    mutated.InsertRange(at, data.AsSpan(random.Next(data.Length)).ToArray());
                    break;
            }
        }

        return [.. mutated];
    }
}
