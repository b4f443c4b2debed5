using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace Plenary.Tests.Architecture;

/// <summary>
/// Which types of the product name which others: in bases, signatures, attributes and method bodies. Read from the compiled assembly's own
/// tables (ECMA-335), so nothing that the compiler resolved is missed and nothing is loaded or run. Nested types count as their outermost one.
/// </summary>
internal sealed class AssemblyReader : IDisposable
{
    private static readonly Dictionary<int, OpCode> OpCodesByValue = typeof(OpCodes).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => (int)(ushort)code.Value);

    private readonly PEReader file;
    private readonly MetadataReader tables;

    public AssemblyReader(string path)
    {
        file = new PEReader(File.OpenRead(path));
        tables = file.GetMetadataReader();
    }

    /// <summary>Every pair (type, other type of the same assembly that it names), by full name.</summary>
    public IEnumerable<(string From, string To)> Uses()
    {
        foreach (var handle in tables.TypeDefinitions)
        {
            var from = NameOf(handle);
            var named = new HashSet<TypeDefinitionHandle>();
            Collect(handle, new Named(tables, named));
            foreach (var to in named.Select(NameOf).Distinct().Where(to => to != from)) yield return (from, to);
        }
    }

    private string NameOf(TypeDefinitionHandle handle)
    {
        var type = tables.GetTypeDefinition(handle);
        return type.GetDeclaringType() is { IsNil: false } outer ? NameOf(outer) : $"{tables.GetString(type.Namespace)}.{tables.GetString(type.Name)}";
    }

    private void Collect(TypeDefinitionHandle handle, Named named)
    {
        var type = tables.GetTypeDefinition(handle);
        named.Add(type.BaseType);
        foreach (var implemented in type.GetInterfaceImplementations()) named.Add(tables.GetInterfaceImplementation(implemented).Interface);
        foreach (var attribute in type.GetCustomAttributes()) named.Add(tables.GetCustomAttribute(attribute).Constructor);
        foreach (var field in type.GetFields()) tables.GetFieldDefinition(field).DecodeSignature(named, null);
        foreach (var method in type.GetMethods().Select(tables.GetMethodDefinition))
        {
            method.DecodeSignature(named, null);
            if (method.RelativeVirtualAddress == 0) continue;
            var body = file.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil) tables.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(named, null);
            foreach (var region in body.ExceptionRegions) named.Add(region.CatchType);
            Read(body.GetILBytes()!, named);
        }
    }

    private static void Read(byte[] code, Named named)
    {
        for (var at = 0; at < code.Length;)
        {
            int value = code[at++];
            if (value == 0xFE) value = 0xFE00 | code[at++];
            switch (OpCodesByValue[value].OperandType)
            {
                case OperandType.InlineNone: break;
                case OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar: at += 1; break;
                case OperandType.InlineVar: at += 2; break;
                case OperandType.InlineI8 or OperandType.InlineR: at += 8; break;
                case OperandType.InlineSwitch: at += 4 + 4 * BitConverter.ToInt32(code, at); break;
                case OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType:
                    named.Add(MetadataTokens.EntityHandle(BitConverter.ToInt32(code, at)));
                    at += 4;
                    break;
                default: at += 4; break;
            }
        }
    }

    public void Dispose() => file.Dispose();

    /// <summary>Follows a handle or a signature to the type definitions of this assembly in it.</summary>
    private sealed class Named(MetadataReader tables, HashSet<TypeDefinitionHandle> found) : ISignatureTypeProvider<int, object?>
    {
        public void Add(EntityHandle handle)
        {
            if (handle.IsNil) return;
            switch (handle.Kind)
            {
                case HandleKind.TypeDefinition: found.Add((TypeDefinitionHandle)handle); break;
                case HandleKind.MethodDefinition: Add(tables.GetMethodDefinition((MethodDefinitionHandle)handle).GetDeclaringType()); break;
                case HandleKind.FieldDefinition: Add(tables.GetFieldDefinition((FieldDefinitionHandle)handle).GetDeclaringType()); break;
                case HandleKind.TypeSpecification: tables.GetTypeSpecification((TypeSpecificationHandle)handle).DecodeSignature(this, null); break;
                case HandleKind.MethodSpecification:
                    var method = tables.GetMethodSpecification((MethodSpecificationHandle)handle);
                    method.DecodeSignature(this, null);
                    Add(method.Method);
                    break;
                case HandleKind.MemberReference: Add(tables.GetMemberReference((MemberReferenceHandle)handle).Parent); break;
            }
        }

        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => found.Add(handle) ? 1 : 0;

        public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) =>
            reader.GetTypeSpecification(handle).DecodeSignature(this, genericContext);

        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

        public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(object? genericContext, int index) => 0;

        public int GetGenericTypeParameter(object? genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

        public int GetSZArrayType(int elementType) => 0;
    }
}
