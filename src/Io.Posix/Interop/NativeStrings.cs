using System.Runtime.InteropServices;
using System.Text;

namespace RtpProxy.Io.Posix.Interop;

/// <summary>NUL-terminated strings and vectors of them for one call into the C library, freed together.</summary>
/// <remarks>Owned by the method that makes the call; not thread-safe.</remarks>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly List<nint> _blocks = [];

    /// <summary>UTF-8; what stands behind a NUL is not seen by the library.</summary>
    public byte* Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    /// <summary>The bytes and a NUL behind them.</summary>
    public byte* Add(ReadOnlySpan<byte> bytes)
    {
        byte* copy = AddTable<byte>(bytes.Length + 1);
        bytes.CopyTo(new Span<byte>(copy, bytes.Length));
        return copy;
    }

    /// <summary>As <c>argv</c>: the pointers, ended by a null pointer.</summary>
    public byte** AddVector(IReadOnlyList<string> texts)
    {
        byte** vector = AddPointers(texts.Count);
        for (int i = 0; i < texts.Count; i++)
        {
            vector[i] = Add(texts[i]);
        }

        return vector;
    }

    /// <summary>As <c>argv</c>, of strings that need not be UTF-8.</summary>
    public byte** AddVector(IReadOnlyList<byte[]> texts)
    {
        byte** vector = AddPointers(texts.Count);
        for (int i = 0; i < texts.Count; i++)
        {
            vector[i] = Add(texts[i]);
        }

        return vector;
    }

    /// <summary>Room for <paramref name="count"/> items, all zero.</summary>
    public T* AddTable<T>(int count)
        where T : unmanaged
    {
        void* block = NativeMemory.AllocZeroed((nuint)count, (nuint)sizeof(T));
        _blocks.Add((nint)block);
        return (T*)block;
    }

    public void Dispose()
    {
        foreach (nint block in _blocks)
        {
            NativeMemory.Free((void*)block);
        }

        _blocks.Clear();
    }

    private byte** AddPointers(int count) => (byte**)AddTable<nint>(count + 1);
}
