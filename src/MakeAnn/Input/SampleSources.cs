using RtpProxy.Codecs;
using RtpProxy.Codecs.Files;

namespace RtpProxy.MakeAnn.Input;

/// <summary>Finds out what kind of file the input is.</summary>
internal static class SampleSources
{
    private const int BufferSize = 65_536;

    /// <exception cref="IOException">
    /// The file cannot be opened, or is not what it claims to be (<see cref="AudioFileException"/>).
    /// </exception>
    /// <exception cref="CodecLibraryMissingException">It is no raw audio, and a library for it is not installed.</exception>
    public static ISampleSource Open(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, BufferSize);
        try
        {
            string openPath = path;
            if (!stream.CanSeek)
            {
                using FileStream pipe = stream;
                stream = Spool(pipe);
                openPath = $"/proc/self/fd/{stream.SafeFileHandle.DangerousGetHandle()}";
            }

            byte[] start = new byte[FileClaim.BytesNeeded];
            int read = stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
            stream.Position = 0;
            if (FileClaim.Of(start.AsSpan(0, read), path) is not { } claim)
            {
                return new RawSampleSource(stream);
            }

            using (stream)
            {
                if (claim.Kind == "MP3" && !MpegFrames.AreIn(stream))
                {
                    throw new AudioFileException(claim.Refusal("there are no MPEG frames in it"));
                }

                return new AudioFileSource(openPath, claim);
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>What comes out of a pipe, in a temporary file without a name: only so can it be looked at before it is read.</summary>
    private static FileStream Spool(FileStream pipe)
    {
        string path = Path.Combine(Path.GetTempPath(), $"makeann-{Guid.NewGuid():N}");
        FileStream spool = new(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            BufferSize = BufferSize,
        });
        try
        {
            File.Delete(path);
            pipe.CopyTo(spool);
            spool.Flush();
            spool.Position = 0;
            return spool;
        }
        catch
        {
            spool.Dispose();
            throw;
        }
    }
}
