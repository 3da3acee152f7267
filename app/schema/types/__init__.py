"""What the types of all nouns are built from: scalars, enums, inputs, nodes and pages."""
