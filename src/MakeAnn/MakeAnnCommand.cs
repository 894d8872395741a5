using System.Globalization;
using RtpProxy.Codecs;
using RtpProxy.Codecs.Files;
using RtpProxy.MakeAnn.Input;
using RtpProxy.Tools.CommandLine;

namespace RtpProxy.MakeAnn;

/// <summary>Encodes an audio file into prompts for every codec there is.</summary>
internal sealed class MakeAnnCommand(TextWriter output, TextWriter errors)
{
    private const int Success = 0;
    private const int Failure = 1;
    private const double SamplesPerSecond = 8_000;

    /// <returns>The exit status.</returns>
    public int Run(IReadOnlyList<string> arguments)
    {
        if (MakeAnnOptions.Parse(arguments, out string error) is not { } options)
        {
            errors.WriteLine(error);
            return Failure;
        }

        if (options.DetectVoice)
        {
            Complain("VAD enable (-v) is for debugging purposes only, produced stream may not play correctly");
        }

        using ISampleSource? source = OpenInput(options.Input);
        if (source is null)
        {
            return Failure;
        }

        List<PromptWriter> writers = [];
        try
        {
            return CreateWriters(options, writers) && Encode(source, options, writers) ? Success : Failure;
        }
        finally
        {
            foreach (PromptWriter writer in writers)
            {
                Close(writer);
            }
        }
    }

    private ISampleSource? OpenInput(string path)
    {
        try
        {
            return SampleSources.Open(path);
        }
        catch (CodecLibraryMissingException missing)
        {
            Complain($"can't open {path} for reading: {missing.Message}");
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            Complain($"can't open {path} for reading: {SystemError.Describe(exception, path)}");
        }

        return null;
    }

    private bool CreateWriters(MakeAnnOptions options, List<PromptWriter> writers)
    {
        foreach (PromptEncoding encoding in PromptEncoding.All(options.DetectVoice))
        {
            string path = PromptWriter.PathOf(options.Template, encoding);
            if (FileIdentity.AreSame(path, options.Input))
            {
                Complain($"can't open {path} for writing: it is the input");
                return false;
            }

            try
            {
                writers.Add(PromptWriter.Create(options.Template, encoding));
            }
            catch (CodecLibraryMissingException missing)
            {
                Complain($"{path} not written: {missing.Message}"); // the others are still of use
            }
            catch (Exception exception) when (SystemError.IsOne(exception))
            {
                Complain($"can't open {path} for writing: {SystemError.Describe(exception, path)}");
                return false;
            }
        }

        return true;
    }

    private bool Encode(ISampleSource source, MakeAnnOptions options, List<PromptWriter> writers)
    {
        BlockReader blocks = new(source, options.LimitSamples ?? long.MaxValue, options.Loop);
        short[] block = new short[PromptWriter.BlockSamples];
        while (true)
        {
            int count;
            try
            {
                count = blocks.Read(block);
            }
            catch (Exception exception) when (SystemError.IsOne(exception))
            {
                Complain($"can't read from {options.Input}: {SystemError.Describe(exception, options.Input)}");
                return false;
            }

            if (count == 0)
            {
                return Complete(source, blocks.SamplesRead, writers);
            }

            foreach (PromptWriter writer in writers)
            {
                if (!Try(writer, () => writer.Write(block.AsSpan(0, count))))
                {
                    return false;
                }
            }
        }
    }

    private bool Complete(ISampleSource source, long samples, List<PromptWriter> writers)
    {
        foreach (PromptWriter writer in writers)
        {
            if (!Try(writer, writer.Complete))
            {
                return false;
            }
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"input: {source.Description}, {samples / SamplesPerSecond:F3} seconds"));
        foreach (PromptWriter writer in writers)
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{writer.Path}: {writer.CodecName}, {writer.BytesWritten} bytes"));
        }

        return true;
    }

    private bool Try(PromptWriter writer, Action write)
    {
        try
        {
            write();
            return true;
        }
        catch (Exception exception) when (SystemError.IsOne(exception))
        {
            Complain($"can't write to {writer.Path}: {SystemError.Describe(exception, writer.Path)}");
            return false;
        }
    }

    private static void Close(PromptWriter writer)
    {
        try
        {
            writer.Dispose();
        }
        catch (IOException)
        {
            // Closing writes what is still buffered; that this fails has been reported when it was tried before.
        }
    }

    private void Complain(string line) => errors.WriteLine($"makeann: {line}");
}
